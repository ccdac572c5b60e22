package dev.lockdown.rules;

import dev.lockdown.rules.Match.Numbers;
import dev.lockdown.rules.Rule.Chain;
import dev.lockdown.state.Cidr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what `iptables-save` and `ip6tables-save` write (iptables-save(8), iptables-extensions(8)).
final class IptablesDump {
    /// Packets are routed by these and let through or not by the others.
    private static final Set<String> LEFT_OUT = Set.of("nat");

    private final String tool;
    private final Firewall.Builder into;
    private String table = "";

    private IptablesDump(String tool, Firewall.Builder into) {
        this.tool = tool;
        this.into = into;
    }

    /// @param tool that wrote it, such as `iptables-nft`
    static void read(String tool, String text, Firewall.Builder into) {
        var dump = new IptablesDump(tool, into);
        text.lines().forEach(dump::line);
    }

    private void line(String line) {
        if (line.startsWith("*")) table = line.substring(1).strip();
        if (LEFT_OUT.contains(table)) return;
        if (line.startsWith(":")) chain(Words.of(line.substring(1)));
        int rule = line.startsWith("-A ") ? 0 : line.startsWith("[") ? line.indexOf("] -A ") + 2 : -1;
        if (rule >= 0 && line.startsWith("-A ", rule)) rule(line.substring(rule + 3));
    }

    private void chain(List<String> words) {
        var chain = chain(words.getFirst());
        if (words.size() > 1 && !words.get(1).equals("-")) into.hook(chain, words.getFirst());
        else into.chain(chain);
    }

    private Chain chain(String name) {
        return new Chain("%s (%s)".formatted(table, tool), name);
    }

    private void rule(String text) {
        var words = Words.of(text);
        var matches = new ArrayList<Match>();
        var target = "";
        Rule.@Nullable Mark mark = null;
        boolean negated = false;
        int i = 1;
        while (i < words.size() && target.isEmpty()) {
            var word = words.get(i++);
            if (word.equals("!")) {
                negated = true;
                continue;
            }
            var values = new ArrayList<String>();
            while (i < words.size() && !isOption(words.get(i))) values.add(words.get(i++));
            if (word.equals("-j") || word.equals("-g")) {
                target = values.getFirst();
                mark = mark(words.subList(i, words.size()));
            } else if (!word.equals("-m") && !word.equals("--comment")) matches.add(match(word, values, negated));
            negated = false;
        }
        var body = text.substring(Math.min(text.length(), words.getFirst().length() + 1));
        into.rule(new Rule(chain(words.getFirst()), body, matches, target, mark, PolicyComments.policy(body)));
    }

    /// `--set-xmark 0x10000/0x30000`, which iptables-save writes whatever was asked for.
    private static Rule.@Nullable Mark mark(List<String> options) {
        if (options.size() < 2 || !options.getFirst().equals("--set-xmark")) return null;
        var marked = marked(options.get(1), false);
        return new Rule.Mark(marked.value(), marked.mask());
    }

    /// `0x10000/0x30000`, or a value of all bits.
    private static Match.Marked marked(String text, boolean negated) {
        var parts = text.split("/", 2);
        return new Match.Marked(bits(parts[0]), parts.length < 2 ? -1 : bits(parts[1]), negated);
    }

    private static int bits(String text) {
        return (int) (long) Long.decode(text);
    }

    /// A comment may be anything, but it is one word.
    private static boolean isOption(String word) {
        return word.equals("!") || word.matches("--?[a-z][a-z0-9-]*");
    }

    private static Match match(String option, List<String> values, boolean negated) {
        var all = "%s%s %s".formatted(negated ? "! " : "", option, String.join(" ", values));
        try {
            return switch (option) {
                case "-s", "--source", "-d", "--destination" -> new Match.Address(option.matches("--?s.*"),
                    Arrays.stream(values.getFirst().split(",")).map(IptablesDump::block).toList(), negated);
                case "-i", "-o" -> new Match.Interface(option.equals("-i"), values.getFirst(), negated);
                case "-p" -> new Match.OfProtocol(values.getFirst().toLowerCase(Locale.ROOT), negated);
                case "--sport", "--sports" -> new Match.Ports(true, ports(values.getFirst()), negated);
                case "--dport", "--dports" -> new Match.Ports(false, ports(values.getFirst()), negated);
                case "--match-set" -> new Match.InSet(values.getFirst(),
                    Arrays.stream(values.get(1).split(",")).map("src"::equals).toList(), negated);
                case "--mark" -> marked(values.getFirst(), negated);
                case "--ctstate", "--state" -> new Match.State(Set.of(values.getFirst().split(",")), negated);
                default -> new Match.Other(all);
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException | java.util.NoSuchElementException e) {
            return new Match.Other(all);
        }
    }

    private static Cidr block(String text) {
        return Cidr.parse(text.contains("/") ? text : text + (text.contains(":") ? "/128" : "/32"));
    }

    private static List<Numbers> ports(String list) {
        return Arrays.stream(list.split(",")).map(Numbers::parse).toList();
    }
}
