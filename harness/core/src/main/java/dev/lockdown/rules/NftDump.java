package dev.lockdown.rules;

import dev.lockdown.rules.AddressSet.Member;
import dev.lockdown.rules.Rule.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads what `nft list ruleset` writes (nft(8)). Tables that iptables-nft keeps are left to its own dump.
final class NftDump {
    private static final Pattern HOOK = Pattern.compile("\\btype filter hook ([a-z]+)\\b");
    private static final Pattern ELEMENTS = Pattern.compile("elements = \\{(.*)}\\s*}\\s*$", Pattern.DOTALL);
    private static final Pattern OPENING = Pattern.compile("^(table|chain|set|map) ((?:ip6? |inet |arp |bridge |netdev )?\\S+) \\{$");

    private final Firewall.Builder into;
    private final Map<String, Map<String, String>> maps = new HashMap<>();
    private final List<RawRule> rules = new ArrayList<>();
    private String table = "";
    private boolean foreign;

    /// A rule of which the maps may come later.
    private record RawRule(Chain chain, String text) {}

    private NftDump(Firewall.Builder into) {
        this.into = into;
    }

    static void read(String text, Firewall.Builder into) {
        var dump = new NftDump(into);
        dump.statements(text);
        for (var rule : dump.rules) new NftRule(rule.chain, rule.text, dump.maps).all().forEach(into::rule);
    }

    private void statements(String text) {
        var chain = "";
        var block = new StringBuilder();
        boolean iptables = false;
        for (var line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            if (line.startsWith("#")) {
                iptables = line.contains("iptables-nft");
                continue;
            }
            block.append(block.isEmpty() ? "" : " ").append(line);
            var opening = OPENING.matcher(block);
            if (opening.matches() && (opening.group(1).equals("table") || opening.group(1).equals("chain"))) {
                if (opening.group(1).equals("table")) {
                    table = opening.group(2) + " (nft)";
                    foreign = iptables;
                    iptables = false;
                } else {
                    chain = opening.group(2);
                    if (!foreign) into.chain(new Chain(table, chain));
                }
                block.setLength(0);
            } else if (line.equals("}") && block.toString().equals("}")) {
                block.setLength(0);
            } else if (isWhole(block)) {
                if (!foreign) statement(chain, block.toString());
                block.setLength(0);
            }
        }
    }

    private static boolean isWhole(CharSequence block) {
        return block.chars().filter(c -> c == '{').count() == block.chars().filter(c -> c == '}').count();
    }

    private void statement(String chain, String text) {
        var hook = HOOK.matcher(text);
        if (hook.find()) into.hook(new Chain(table, chain), hook.group(1));
        else if (text.startsWith("set ")) set(text);
        else if (text.startsWith("map ")) maps.put(name(text), verdicts(elements(text)));
        else if (!text.startsWith("type ")) rules.add(new RawRule(new Chain(table, chain), text));
    }

    private static String name(String block) {
        return Words.of(block).get(1);
    }

    private static List<String> elements(String block) {
        var elements = ELEMENTS.matcher(block);
        return elements.find() ? Stream.of(elements.group(1).split(",")).map(String::strip).filter(e -> !e.isEmpty()).toList() : List.of();
    }

    /// A set with elements that are not understood is not known.
    private void set(String block) {
        var members = new ArrayList<Member>();
        boolean hasPorts = block.contains("inet_service");
        for (var element : elements(block)) {
            var parts = element.split(" \\. ", -1);
            var member = parts.length == 3 ? Member.parse("%s,%s:%s".formatted(parts[0], parts[1], Words.of(parts[2]).getFirst()), false)
                : parts.length == 1 ? Member.parse(Words.of(element).getFirst(), false) : null;
            if (member == null) return;
            members.add(member);
        }
        into.set(name(block), new AddressSet(name(block), hasPorts, members));
    }

    /// `"cali1" : goto cali-fw-1`
    static Map<String, String> verdicts(List<String> elements) {
        var verdicts = new HashMap<String, String>();
        for (var element : elements) {
            var sides = element.split(" : ", 2);
            if (sides.length == 2) verdicts.put(sides[0].replace("\"", "").strip(), sides[1].strip());
        }
        return verdicts;
    }
}
