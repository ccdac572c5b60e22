package dev.lockdown.rehearsal.page;

import dev.lockdown.need.Because;
import dev.lockdown.need.Party;
import dev.lockdown.rehearsal.NeedResult;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.Seen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A need as a line of the table. Texts are not escaped yet: the template does it.
///
/// @param from the one end, in parts between which a line may be broken
/// @param to the other end, likewise
/// @param because the places, the first ones where they are many
/// @param more how many more there are, or empty
/// @param why the policies refuse it, the short reason of each state
record NeedRow(List<String> from, List<String> to, String port, Mark mark, List<InState> states, List<String> because, String more,
        List<String> why) {
    private static final int MOST_PLACES = 4;

    record InState(String words, Mark mark) {}

    static NeedRow of(NeedResult result, Rehearsed rehearsed) {
        var places = result.need().because().stream().map(Because::toString).toList();
        int shown = Math.min(places.size(), MOST_PLACES);
        return new NeedRow(parts(result.need().from()), parts(result.need().to()), result.need().port().toString(), Mark.of(result),
            told(rehearsed).stream().map(s -> new InState(s.words(), Mark.of(s.of(result)))).toList(), places.subList(0, shown),
            places.size() > shown ? "and %s more".formatted(places.size() - shown) : "", why(result));
    }

    /// The name of an end, in parts between which a line may be broken.
    static List<String> parts(Party party) {
        return List.of(party.toString().split("(?<=[/:])"));
    }

    private static List<String> why(NeedResult result) {
        var why = new ArrayList<String>();
        if (result.before() == Seen.BLOCKED || result.before() == Seen.SOME) why.add("it did not work before any policy");
        result.why().stream().limit(1).map(w -> "under lockdown: " + w).forEach(why::add);
        if (result.isBrokenToday()) result.whyToday().stream().limit(1).map(w -> "today: " + w).forEach(why::add);
        return why;
    }

    /// Those that are told of each need: that it worked before goes without saying.
    static List<State> told(Rehearsed rehearsed) {
        return states(rehearsed).stream().filter(s -> s != State.BEFORE).toList();
    }

    /// Those in which this application was asked.
    static List<State> states(Rehearsed rehearsed) {
        return Arrays.stream(State.values()).filter(s -> s != State.TODAY || rehearsed.policies() > 0).toList();
    }
}
