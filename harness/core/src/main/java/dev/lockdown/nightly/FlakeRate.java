package dev.lockdown.nightly;

import dev.lockdown.history.RunHead;
import dev.lockdown.history.RunHead.Ended;
import java.util.ArrayList;
import java.util.List;

/// How often a scenario ends otherwise than it mostly does, on one cell and on the same version of its network plugin.
///
/// @param scenario its place in [dev.lockdown.history.RunDigest#scenarios]
/// @param otherwise of how many of the runs
/// @param runs that were looked at
public record FlakeRate(int scenario, int otherwise, int runs) {
    /// How many nights are looked back.
    static final int NIGHTS = 30;

    /// @param heads of one cell, the newest last
    /// @return of those scenarios of the newest run that did not always end the same way
    static List<FlakeRate> in(List<RunHead> heads) {
        if (heads.isEmpty()) return List.of();
        var newest = heads.getLast();
        var alike =
            heads.stream().filter(h -> h.shape().equals(newest.shape()) && h.info().plugins().equals(newest.info().plugins())).toList();
        var last = alike.subList(Math.max(0, alike.size() - NIGHTS), alike.size());
        var rates = new ArrayList<FlakeRate>();
        for (int i = 0; i < newest.ended().size(); i++) {
            int passed = 0;
            int faulty = 0;
            int flaky = 0;
            for (var head : last) {
                var ended = head.ended().get(i);
                if (ended == Ended.PASSED) passed++;
                else if (ended == Ended.FLAKY) flaky++;
                else if (ended.isFaulty()) faulty++;
            }
            int otherwise = flaky + Math.min(passed, faulty);
            if (otherwise > 0) rates.add(new FlakeRate(i, otherwise, passed + faulty + flaky));
        }
        return rates;
    }
}
