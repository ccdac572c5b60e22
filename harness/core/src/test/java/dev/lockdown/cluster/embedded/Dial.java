package dev.lockdown.cluster.embedded;

import java.util.List;

/// What came of a dial in a [Town].
///
/// @param result `open`, `refused` or `silent`
/// @param by who answered, empty if nobody did
/// @param sourceSeen the address from which the answerer saw it come
/// @param drops the rules that dropped packets meanwhile
record Dial(String result, String by, String sourceSeen, List<String> drops) {
    Dial withDrops(List<String> reported) {
        return new Dial(result, by, sourceSeen, reported);
    }

    static Dial unanswered(String result) {
        return new Dial(result, "", "", List.of());
    }
}
