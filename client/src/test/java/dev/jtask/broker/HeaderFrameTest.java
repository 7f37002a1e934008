package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeaderFrameTest {

    private static final byte[] PAYLOAD = {1, 2, (byte) 0xff, 4, 5};

    @Test
    void itsStreamReadsAsTheOneOfTheClientsOwnFrame() throws IOException {
        var own = new Frame(AMQP.FRAME_HEADER, 1, PAYLOAD).getInputStream();
        var read = new HeaderFrame(AMQP.FRAME_HEADER, 1, PAYLOAD).getInputStream();

        for (int step = 0; step < 2; step++) { // the second begins at the end
            assertThat(read.available()).isEqualTo(own.available());
            assertThat(read.skip(1)).isEqualTo(own.skip(1));
            assertThat(read.skip(-1)).isEqualTo(own.skip(-1));
            assertThat(read.read()).isEqualTo(own.read());
            var into = new byte[8];
            var intoOwn = new byte[8];
            assertThat(read.read(into, 1, 2)).isEqualTo(own.read(intoOwn, 1, 2));
            assertThat(read.read(into, 3, 5)).isEqualTo(own.read(intoOwn, 3, 5));
            assertThat(read.read(into, 0, 0)).isZero();
            assertThat(into).isEqualTo(intoOwn);
            assertThat(read.skip(9)).isEqualTo(own.skip(9));
        }
    }

    @Test
    void itBeginsAnewForEachReader() throws IOException {
        var frame = new HeaderFrame(AMQP.FRAME_HEADER, 1, PAYLOAD);
        frame.getInputStream().readAllBytes();

        assertThat(frame.getInputStream().readAllBytes()).isEqualTo(PAYLOAD);
        assertThat(FrameParts.type(frame)).isEqualTo(AMQP.FRAME_HEADER);
        assertThat(FrameParts.channel(frame)).isEqualTo(1);
    }
}
