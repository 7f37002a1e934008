package dev.jtask.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a connection on which nothing comes and nothing goes, though it is asked all the while: the way to the server
/// is lost, and no end of it will ever be heard of.
final class Silence extends ChannelInboundHandlerAdapter {

    private final Pulse pulse;
    private final Runnable closing;
    private @Nullable Future<?> looks;
    private boolean heard;
    private long unsent;
    private int missed;

    /// @param closing told before it closes one
    Silence(Pulse pulse, Runnable closing) {
        this.pulse = pulse;
        this.closing = closing;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        long every = pulse.every().toMillis();
        // counted by looks: after a pause of this program it has heard nothing of what came meanwhile
        looks = context.executor().scheduleWithFixedDelay(() -> look(context), every, every, TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        heard = true;
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (looks != null) {
            looks.cancel(false);
        }
        context.fireChannelInactive();
    }

    private void look(ChannelHandlerContext context) {
        long before = unsent;
        unsent = unsent(context);
        missed = heard || unsent < before ? 0 : missed + 1;
        heard = false;
        if (missed >= pulse.misses()) {
            try {
                closing.run();
            } finally {
                var ignored = context.close();
            }
        }
    }

    /// What the system has not taken yet: as long as that grows less, a large value is on its way.
    private static long unsent(ChannelHandlerContext context) {
        var buffer = context.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }
}
