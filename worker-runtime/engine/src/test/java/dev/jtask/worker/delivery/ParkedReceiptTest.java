package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParkedReceiptTest implements ParkedReceipt.Spot {

    private final List<String> notes = new ArrayList<>();
    private final ParkedReceipt receipt = new ParkedReceipt(this);
    private boolean gone;

    @Test
    void whatIsDoneOrMovedIsNeededNoMore() {
        receipt.settle(new Disposition.Ack());
        receipt.settle(new Disposition.Moved());

        assertThat(notes).containsExactly("done", "done");
    }

    @Test
    void onlyTheTasksOwnWishCounts() {
        receipt.settle(new Disposition.Requeue());
        receipt.settle(new Disposition.Hold(Duration.ofSeconds(1), null));

        assertThat(notes).containsExactly("back true", "back false");
    }

    @Test
    void whatCannotBeSettledGoesBackByItself() {
        receipt.settle(new Disposition.Leave("no dead letters"));

        assertThat(notes).containsExactly("abandon no dead letters");
    }

    @Test
    void isLostOnceItWentBack() {
        assertThat(receipt.isLost()).isFalse();
        gone = true;
        assertThat(receipt.isLost()).isTrue();
    }

    @Override
    public void done() {
        notes.add("done");
    }

    @Override
    public void back(boolean counted) {
        notes.add("back " + counted);
    }

    @Override
    public void abandon(String reason) {
        notes.add("abandon " + reason);
    }

    @Override
    public boolean isGone() {
        return gone;
    }
}
