package dev.lockdown.rules;

import dev.lockdown.rules.Match.Numbers;
import dev.lockdown.rules.Rule.Chain;
import dev.lockdown.state.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A rule as nft writes it: `ip saddr @s tcp dport 80 counter packets 0 bytes 0 accept`.
final class NftRule {
    private static final Set<String> VERDICTS = Set.of("accept", "drop", "return", "reject");
    private static final Set<String> BEHIND = Set.of("accept", "drop", "return", "reject", "jump", "goto", "counter", "comment");
    private static final Set<String> CONDITIONS = Set.of("ip", "ip6", "meta", "tcp", "udp", "sctp", "ct", "iifname", "oifname");

    private final Chain chain;
    private final String text;
    private final Map<String, Map<String, String>> maps;
    private final List<String> words;
    private final List<Match> matches = new ArrayList<>();
    private final List<Rule> dispatched = new ArrayList<>();
    private String target = "";
    private Rule.@Nullable Mark mark;
    private int at;

    NftRule(Chain chain, String text, Map<String, Map<String, String>> maps) {
        this.chain = chain;
        this.text = text;
        this.maps = maps;
        words = Words.of(text);
    }

    /// One, or one for each key of its map of verdicts.
    List<Rule> all() {
        while (at < words.size()) {
            int before = at;
            try {
                next(words.get(at++));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                at = before + 1;
                matches.add(new Match.Other(words.get(before)));
            }
        }
        return dispatched.isEmpty() ? List.of(rule(text, matches, target)) : dispatched;
    }

    private Rule rule(String shown, List<Match> conditions, String verdict) {
        return new Rule(chain, shown, conditions, verdict, mark, PolicyComments.policy(text));
    }

    private void next(String word) {
        switch (word) {
            case "ip", "ip6" -> address(words.get(at++));
            case "tcp", "udp", "sctp" -> port(word, words.get(at++));
            case "meta" -> meta(words.get(at++));
            case "iifname", "iif" -> by(true);
            case "oifname", "oif" -> by(false);
            case "ct" -> state(words.get(at++));
            case "jump", "goto" -> target = words.get(at++);
            case "counter" -> at += at < words.size() && words.get(at).equals("packets") ? 4 : 0;
            case "comment" -> at++;
            case "log" -> at = words.size();
            default -> {
                if (VERDICTS.contains(word)) target = word.toUpperCase(Locale.ROOT);
                else matches.add(new Match.Other(word));
                if (word.equals("reject")) at = words.size();
            }
        }
    }

    private boolean isNegated() {
        if (!words.get(at).equals("!=")) return false;
        at++;
        return true;
    }

    /// What stands behind a key: one value, or those between braces.
    private List<String> operands() {
        if (!words.get(at).equals("{")) return List.of(words.get(at++));
        var all = new ArrayList<String>();
        for (at++; !words.get(at).equals("}"); at++) all.add(words.get(at).replace(",", ""));
        at++;
        return all;
    }

    private void address(String key) {
        if (key.equals("protocol") || key.equals("nexthdr")) {
            protocol(isNegated());
            return;
        }
        boolean source = key.equals("saddr");
        if (!source && !key.equals("daddr")) throw new IllegalArgumentException(text);
        if (words.get(at).equals(".")) {
            withPort(source);
            return;
        }
        if (dispatches(source, false)) return;
        boolean negated = isNegated();
        var operands = operands();
        if (operands.getFirst().startsWith("@")) matches.add(new Match.InSet(operands.getFirst().substring(1), List.of(source), negated));
        else matches.add(new Match.Address(source, operands.stream().map(NftRule::block).toList(), negated));
    }

    /// `ip daddr . meta l4proto . th dport @s`
    private void withPort(boolean source) {
        if (!words.subList(at, at + 5).equals(List.of(".", "meta", "l4proto", ".", "th"))) throw new IllegalArgumentException(text);
        boolean sourcePort = words.get(at + 5).equals("sport");
        at += 6;
        boolean negated = isNegated();
        matches.add(new Match.InSet(operands().getFirst().substring(1), List.of(source, sourcePort), negated));
    }

    private static Cidr block(String text) {
        return Cidr.parse(text.contains("/") ? text : text + (text.contains(":") ? "/128" : "/32"));
    }

    private void port(String protocol, String key) {
        boolean source = key.equals("sport");
        if (!source && !key.equals("dport")) throw new IllegalArgumentException(text);
        matches.add(new Match.OfProtocol(protocol, false));
        boolean negated = isNegated();
        matches.add(new Match.Ports(source, operands().stream().map(Numbers::parse).toList(), negated));
    }

    private void protocol(boolean negated) {
        var operands = operands();
        if (operands.size() == 1) matches.add(new Match.OfProtocol(operands.getFirst(), negated));
        else matches.add(new Match.Other(text));
    }

    /// A mark that is set says that the packet has passed, unless a verdict follows.
    private void meta(String key) {
        switch (key) {
            case "l4proto" -> protocol(isNegated());
            case "mark" -> {
                int first = at;
                boolean set = words.get(at).equals("set");
                while (at < words.size() && !BEHIND.contains(words.get(at)) && (set || !CONDITIONS.contains(words.get(at)))) at++;
                mark(String.join(" ", words.subList(first, at)));
            }
            case "iifname" -> by(true);
            case "oifname" -> by(false);
            default -> throw new IllegalArgumentException(text);
        }
    }

    private void mark(String text) {
        if (text.startsWith("set")) {
            target = "MARK";
            mark = NftMarks.set(text);
        } else {
            matches.add(NftMarks.asked(text));
        }
    }

    private void by(boolean in) {
        if (dispatches(in, true)) return;
        boolean negated = isNegated();
        var operands = operands();
        if (operands.size() == 1) matches.add(new Match.Interface(in, operands.getFirst(), negated));
        else matches.add(new Match.Other(text));
    }

    private void state(String key) {
        if (!key.equals("state")) throw new IllegalArgumentException(text);
        boolean negated = isNegated();
        matches.add(new Match.State(
            Set.copyOf(Stream.of(String.join(",", operands()).split(",")).map(s -> s.toUpperCase(Locale.ROOT)).distinct().toList()),
            negated));
    }

    /// `vmap @m` and `vmap { "cali1" : goto c, … }` are a rule for each key.
    private boolean dispatches(boolean first, boolean interfaces) {
        if (!words.get(at).equals("vmap")) return false;
        var verdicts = words.get(at + 1).startsWith("@") ? maps.getOrDefault(words.get(at + 1).substring(1), Map.of())
            : NftDump.verdicts(List.of(text.substring(text.indexOf('{') + 1, text.lastIndexOf('}')).split(",")));
        verdicts.forEach((key, verdict) -> {
            var conditions = new ArrayList<>(matches);
            conditions.add(interfaces ? new Match.Interface(first, key, false) : new Match.Address(first, List.of(block(key)), false));
            var words = Words.of(verdict);
            var shown = "%s { %s : %s }".formatted(text.substring(0, text.indexOf("vmap") + 4), key, verdict);
            dispatched.add(rule(shown, conditions, words.size() > 1 ? words.get(1) : verdict.toUpperCase(Locale.ROOT)));
        });
        at = words.size();
        return true;
    }
}
