package dev.jtask.simulator.scaler;

import dev.jtask.simulator.load.Load;
import java.util.ArrayList;
import java.util.List;

/// Settings of KEDA that somebody who knows the load in advance would try: targets around what a pod can hold
/// and serve, short and usual windows. The best of them on each load is picked with hindsight.
public final class KedaGrid {

    private static final double[] LENGTHS = {0.8, 1.2, 2, 4, 10, 30};
    private static final double[] WINDOWS = {30, 90, 300};
    private static final double[] UTILIZATIONS = {0.65, 0.85};

    private KedaGrid() {}

    public static List<KedaSetting> of(Load load) {
        var grid = new ArrayList<KedaSetting>();
        grid.add(KedaSetting.DEFAULTS);
        int slots = load.shape().slots();
        double served = slots / load.meanSeconds();
        for (double window : WINDOWS) {
            for (double length : LENGTHS) {
                grid.add(new KedaSetting(length * slots, 0, false, 5, window, window, true));
            }
            for (double length : new double[] {2, 10}) {
                grid.add(new KedaSetting(length * slots, 0, true, 5, window, window, true));
            }
            for (double utilization : UTILIZATIONS) {
                // depth for a minute's work or the rate, whichever asks for more
                double depth = Math.max(2 * slots, 40 * served);
                grid.add(new KedaSetting(depth, utilization * served, false, 5, window, window, true));
            }
        }
        return grid;
    }
}
