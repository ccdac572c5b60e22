package dev.lockdown.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A packet's way through the rules of a chain with the marks that it gets there. Plugins put together by marks what one rule cannot say: where a
/// list of ports has names and numbers, Felix has a rule for each, which sets a mark that the rule with the other conditions asks for.
final class ChainRun {
    private final List<Rule> rules;
    private final Packet packet;
    private final Map<String, AddressSet> sets;
    private final Map<Rule, Truth> met = new IdentityHashMap<>();
    /// Of each bit whether it is set.
    private final Truth[] bits = new Truth[Integer.SIZE];

    ChainRun(List<Rule> rules, Packet packet, Map<String, AddressSet> sets) {
        this.rules = List.copyOf(rules);
        this.packet = packet;
        this.sets = sets;
        Arrays.fill(bits, Truth.UNKNOWN);
        for (var rule : this.rules) {
            var truth = rule.matches().stream().map(this::of).reduce(Truth.YES, Truth::and);
            met.put(rule, truth);
            if (rule.mark() != null) mark(rule.mark(), truth);
        }
    }

    List<Rule> rules() {
        return rules;
    }

    private void mark(Rule.Mark mark, Truth truth) {
        of(mark.mask()).forEach(bit -> {
            var set = Truth.of(isSet(mark.value(), bit));
            if (truth == Truth.YES || truth == Truth.UNKNOWN && bits[bit] != set) bits[bit] = truth == Truth.YES ? set : Truth.UNKNOWN;
        });
    }

    private Truth of(Match match) {
        if (!(match instanceof Match.Marked(int value, int mask, boolean negated))) return match.of(packet, sets);
        return of(mask).mapToObj(bit -> bits[bit].negatedIf(!isSet(value, bit))).reduce(Truth.YES, Truth::and).negatedIf(negated);
    }

    private static IntStream of(int mask) {
        return IntStream.range(0, Integer.SIZE).filter(bit -> isSet(mask, bit));
    }

    private static boolean isSet(int value, int bit) {
        return (value >>> bit & 1) == 1;
    }

    /// Whether the packet meets all conditions of a rule.
    Truth of(Rule rule) {
        return met.getOrDefault(rule, Truth.UNKNOWN);
    }

    /// Whether a packet that meets a rule has passed the rule's policy by it. A rule that clears a mark, or sets one that a later one asks for
    /// which sets another, is a helper; one that returns what an earlier one has marked says nothing of its own.
    boolean isAdmitting(Rule rule) {
        if (!rule.admits()) return false;
        var mark = rule.mark();
        return mark == null ? markers(rule).isEmpty()
            : mark.value() != 0 && rules.stream().noneMatch(r -> r.mark() != null && markers(r).contains(rule));
    }

    /// The earlier rules that set a mark which a rule asks for, back to where it is set or cleared for all.
    List<Rule> markers(Rule rule) {
        var asked = rule.matches().stream().filter(Match.Marked.class::isInstance).map(Match.Marked.class::cast)
            .filter(m -> !m.negated() && m.value() != 0).toList();
        var found = new ArrayList<Rule>();
        for (var asking : asked) {
            var before = new ArrayList<Rule>();
            rules.stream().takeWhile(r -> r != rule).filter(r -> r.mark() != null && (r.mark().mask() & asking.value()) != 0).forEach(r -> {
                if (r.matches().isEmpty()) before.clear();
                if ((r.mark().value() & asking.value()) != 0) before.add(r);
            });
            found.addAll(before);
        }
        return found;
    }
}
