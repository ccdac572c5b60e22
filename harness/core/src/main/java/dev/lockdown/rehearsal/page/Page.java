package dev.lockdown.rehearsal.page;

import dev.lockdown.graph.GraphHtml;
import dev.lockdown.need.Purpose;
import dev.lockdown.rehearsal.Doubt;
import dev.lockdown.rehearsal.NeedResult;
import dev.lockdown.rehearsal.Proposal;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.Seen;
import dev.lockdown.state.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The whole page. Texts are not escaped yet, except pictures: the template does it.
///
/// @param pictures one for each state
/// @param undrawn what is in the tables and not in the pictures, a sentence
/// @param states the words of those in which needs were asked, for the head of their table
record Page(Mark mark, String sentence, String proof, String stage, String namespaces, String workloads, List<Tally> tallies,
        List<Picture> pictures, String undrawn, List<String> states, List<NeedClass> classes, String today, List<Lost> brokenToday,
        Open openToday, Open opened, List<Policy> proposals, List<Unproven> unproven, List<String> assumed) {
    /// A table that is longer is folded, but for those of what breaks.
    private static final int SHORT = 8;

    record Tally(Mark mark, String words) {}

    record Picture(String id, String words, String sentence, String svg, boolean chosen) {}

    /// Needs of one class.
    ///
    /// @param open whether it is unfolded at first
    record NeedClass(String id, String heading, Mark mark, String summary, List<NeedRow> rows, boolean open) {}

    /// What is open without need.
    ///
    /// @param ends how many ports are
    /// @param more how much more of it is only in the JSON.
    record Open(String sentence, int ends, List<OpenWays> shown, String more) {
        private static final int MOST = 60;
        private static final int UNFOLDED = 12;

        static Open of(List<Rehearsed.Way> ways, String sentence) {
            var all = OpenWays.of(ways).toList();
            return new Open(ways.isEmpty() ? "" : sentence, all.size(), all.subList(0, Math.min(MOST, all.size())),
                all.size() > MOST ? "and %s more ports; --output json has all".formatted(Words.number(all.size() - MOST)) : "");
        }

        public boolean hasAny() {
            return !shown.isEmpty();
        }

        public boolean isOpen() {
            return shown.size() <= UNFOLDED;
        }
    }

    /// What the application's own policies break.
    record Lost(String need, List<String> why) {
        private static final int MOST_REASONS = 2;

        static Lost of(NeedResult result) {
            return new Lost(result.need().toString(), result.whyToday().stream().limit(MOST_REASONS).toList());
        }
    }

    record Policy(String file, String needs, String yaml) {}

    record Unproven(String because, String from, String what, String remedy) {
        static Unproven of(Doubt doubt) {
            return new Unproven(doubt.first().because().toString(), doubt.whom(), doubt.why(), doubt.first().remedy());
        }
    }

    static Page of(Rehearsed rehearsed) {
        var broken = rehearsed.results().stream().filter(NeedResult::isBrokenToday).map(Lost::of).toList();
        return new Page(Mark.of(rehearsed), Words.verdict(rehearsed), Words.proof(rehearsed), rehearsed.stage(),
            String.join(", ", rehearsed.namespaces()), Counted.of(rehearsed.workloads(), "workload"), tallies(rehearsed),
            pictures(rehearsed), undrawn(rehearsed), NeedRow.told(rehearsed).stream().map(State::words).toList(), classes(rehearsed),
            rehearsed.policies() == 0 ? "" : Words.today(rehearsed), broken,
            Open.of(rehearsed.openToday(), "Open today, and nobody needs it"),
            Open.of(rehearsed.opened(), "The proposals open this besides what is needed, since no labels tell its ends from others"),
            rehearsed.proposals().stream().map(Page::policy).toList(), Doubt.of(rehearsed.unproven()).stream().map(Unproven::of).toList(),
            rehearsed.assumed());
    }

    public boolean hasPictures() {
        return !pictures.isEmpty();
    }

    public boolean hasToday() {
        return !today.isEmpty();
    }

    public boolean hasDoubts() {
        return !unproven.isEmpty() || !assumed.isEmpty();
    }

    public boolean hasBrokenToday() {
        return !brokenToday.isEmpty();
    }

    public boolean hasProposals() {
        return !proposals.isEmpty();
    }

    private static List<Tally> tallies(Rehearsed rehearsed) {
        var tallies = new ArrayList<Tally>();
        var results = rehearsed.results();
        tally(tallies, "✗", "bad", rehearsed.broken(), "broken under lockdown");
        tally(tallies, "✓", "good", rehearsed.healed(), "healed");
        tally(tallies, "✗", "bad", results.stream().filter(NeedResult::isLost).count(), "not healed");
        tally(tallies, "?", "doubt", rehearsed.healingUnproven(), Mark.HEALING_UNPROVEN);
        tally(tallies, "✓", "good", results.stream().filter(r -> r.underLockdown() == Seen.OPEN).count(), "still working under lockdown");
        tally(tallies, "✗", "bad", rehearsed.brokenToday(), "broken today");
        tally(tallies, "+", "doubt", rehearsed.openToday().size(), "open today that nobody needs");
        tally(tallies, "+", "doubt", rehearsed.opened().size(), "opened that nobody needs");
        tally(tallies, "?", "doubt", results.stream().filter(r -> !r.isBroken() && r.underLockdown() != Seen.OPEN).count(), "not proven");
        return tallies;
    }

    private static void tally(List<Tally> tallies, String symbol, String tone, long number, String words) {
        if (number > 0) tallies.add(new Tally(new Mark(symbol, words, tone), Words.number(number) + " " + words));
    }

    private static List<Picture> pictures(Rehearsed rehearsed) {
        if (rehearsed.results().stream().noneMatch(RehearsalGraph::isDrawn)) return List.of();
        return NeedRow.states(rehearsed).stream().map(s -> picture(rehearsed, s)).toList();
    }

    private static Picture picture(Rehearsed rehearsed, State state) {
        var sentence = switch (state) {
            case BEFORE -> "Without any policy.";
            case TODAY -> "Under the application's own policies.";
            case LOCKDOWN -> "With default-deny, both directions, in %s.".formatted(String.join(", ", rehearsed.namespaces()));
            case HEALED -> "With default-deny and the proposed policies.";
        };
        var graph = RehearsalGraph.of(rehearsed, state);
        var all = RehearsalGraph.hidesUnneeded(rehearsed, state)
            ? sentence + " What is open without need is too much to be drawn; it is listed below." : sentence;
        return new Picture(state.id(), state.words(), all,
            GraphHtml.picture(graph, state.id() + "-", "What the application needs, " + state.words()), state == State.LOCKDOWN);
    }

    private static String undrawn(Rehearsed rehearsed) {
        long dns = rehearsed.results().stream().filter(r -> r.need().purpose() == Purpose.DNS).count();
        long probes = rehearsed.results().stream().filter(r -> r.need().purpose() == Purpose.PROBE).count();
        var parts = new ArrayList<String>();
        if (dns > 0) parts.add(Counted.of(dns, "connection") + " to DNS");
        if (probes > 0) parts.add(Counted.of(probes, "probe") + " of the kubelet");
        var sentences = new ArrayList<String>();
        if (RehearsalGraph.isByNamespace(rehearsed))
            sentences.add("The application is too big to be followed line by line, so each box is a namespace.");
        if (!parts.isEmpty()) sentences.add("Not drawn, but in the tables below: " + String.join(" and ", parts) + ".");
        return String.join(" ", sentences);
    }

    private static List<NeedClass> classes(Rehearsed rehearsed) {
        var classes = new ArrayList<NeedClass>();
        for (var purpose : Purpose.values()) {
            var own = rehearsed.results().stream().filter(r -> r.need().purpose() == purpose).toList();
            if (own.isEmpty()) continue;
            boolean isShort = own.size() <= SHORT || purpose != Purpose.DNS && purpose != Purpose.PROBE && own.size() <= 10 * SHORT;
            classes.add(new NeedClass("class-" + purpose.name().toLowerCase(Locale.ROOT).replace('_', '-'), Words.heading(purpose),
                worst(own), Words.summary(own), own.stream().map(r -> NeedRow.of(r, rehearsed)).toList(), isShort));
        }
        return classes;
    }

    private static Mark worst(List<NeedResult> results) {
        var marks = results.stream().map(Mark::of).toList();
        return Arrays.stream(new String[] {"bad", "doubt"}).flatMap(t -> marks.stream().filter(m -> m.tone().equals(t))).findFirst()
            .orElse(marks.getFirst());
    }

    private static Policy policy(Proposal proposal) {
        return new Policy(proposal.file(),
            proposal.needs().isEmpty() ? "the lockdown itself" : "for " + Counted.of(proposal.needs().size(), "connection"),
            proposal.yaml());
    }
}
