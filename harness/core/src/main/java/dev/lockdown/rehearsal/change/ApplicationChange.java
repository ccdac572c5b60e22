package dev.lockdown.rehearsal.change;

import dev.lockdown.need.Need;
import dev.lockdown.rehearsal.Rehearsed.Way;
import dev.lockdown.rehearsal.Seen;
import dev.lockdown.rehearsal.Today;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/// What becomes of an application's needs by a change.
///
/// @param breaks needed in the new state, denied there, and not denied to the same need before; or with nobody behind it any more
/// @param opens allowed now, denied before, needed by nobody
/// @param stillBroken denied in both states
/// @param openToNew open in the new state, needed by nobody, between ends of which one is new
/// @param noLonger needed before and not now
/// @param added needed now and not before, and working
public record ApplicationChange(List<Today.Result> breaks, List<Today.Open> opens, List<Today.Result> stillBroken,
        List<Today.Open> openToNew,
        List<NoLonger> noLonger, List<Need> added) {
    public ApplicationChange {
        breaks = List.copyOf(breaks);
        opens = List.copyOf(opens);
        stillBroken = List.copyOf(stillBroken);
        openToNew = List.copyOf(openToNew);
        noLonger = List.copyOf(noLonger);
        added = List.copyOf(added);
    }

    /// @param stillOpen whether the policies still let it through
    public record NoLonger(Need need, boolean stillOpen) {}

    private record Key(String from, String to, String port) {
        Key(Need need) {
            this(need.from().toString(), need.to().toString(), need.port().toString());
        }

        Key(Way way) {
            this(way.from().toString(), way.to().toString(), way.port().toString());
        }
    }

    public static ApplicationChange between(Today base, Today head) {
        var before = new HashMap<Key, Today.Result>();
        base.results().forEach(r -> before.put(new Key(r.need()), r));
        var breaks = new ArrayList<Today.Result>();
        var stillBroken = new ArrayList<Today.Result>();
        var added = new ArrayList<Need>();
        for (var result : head.results()) {
            var old = before.get(new Key(result.need()));
            if (old != null && old.before() == Seen.OPEN && result.before() != Seen.OPEN) breaks.add(result);
            else if (result.isBroken()) (old != null && old.isBroken() ? stillBroken : breaks).add(result);
            else if (old == null && result.now() == Seen.OPEN) added.add(result.need());
        }
        var opens = new ArrayList<Today.Open>();
        var openToNew = new ArrayList<Today.Open>();
        openSince(base, head, opens, openToNew);
        return new ApplicationChange(breaks, opens, stillBroken, openToNew, noLonger(base, head), added);
    }

    private static void openSince(Today base, Today head, List<Today.Open> opens, List<Today.Open> openToNew) {
        var wasOpen = base.open().stream().map(o -> new Key(o.way())).collect(Collectors.toCollection(HashSet::new));
        // What was needed and worked was open, too.
        base.ways().values().forEach(ways -> ways.forEach(w -> wasOpen.add(new Key(w))));
        var there = base.parties().stream().map(Object::toString).collect(Collectors.toSet());
        for (var open : head.open()) {
            if (wasOpen.contains(new Key(open.way()))) continue;
            boolean both = there.contains(open.way().from().toString()) && there.contains(open.way().to().toString());
            (both ? opens : openToNew).add(open);
        }
    }

    private static List<NoLonger> noLonger(Today base, Today head) {
        var now = head.results().stream().map(r -> new Key(r.need())).collect(Collectors.toSet());
        var open = head.open().stream().map(o -> new Key(o.way())).collect(Collectors.toSet());
        return base.results().stream().map(Today.Result::need).filter(n -> !now.contains(new Key(n)))
            .map(n -> new NoLonger(n, base.ways().getOrDefault(n, List.of()).stream().anyMatch(w -> open.contains(new Key(w))))).toList();
    }

    /// Whether it neither breaks nor opens anything.
    public boolean isHarmless() {
        return breaks.isEmpty() && opens.isEmpty();
    }
}
