package dev.lockdown.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts a sentence into what a step is made of: peers, ports, verbs and words. What is almost one of them counts as it, with what it should
/// have been.
public final class SentenceTokens {
    /// What a token may stand for.
    enum Kind {
        QUOTED, PEER, POLICY, PORTS, CAN, DIRECTIONS, DURATION, WORD
    }

    /// A part of the sentence.
    ///
    /// @param text as it should be written
    /// @param reason why it is written otherwise than it was, or null where it is not
    record Token(Kind kind, String text, int start, int end, @Nullable String reason) {}

    private record Form(Pattern pattern, Kind kind, @Nullable String replacement, @Nullable String reason) {}

    private static final String NAME = "[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*";
    private static final String LABEL = "[A-Za-z0-9][A-Za-z0-9./_-]*=[A-Za-z0-9._-]*";
    private static final String NUMBER = "[0-9]+(?:[.][0-9]+)?";
    private static final String PORT = "(?:ICMP|(?:TCP|UDP|SCTP)/[A-Za-z0-9-]+)";
    private static final String QUOTES = "a name stands in quotes";
    private static final String TIME = "a time is written such as 100 ms, 2 s or 5 min";
    private static final String PROTOCOL = "a port is written with its protocol, such as TCP/8080";

    /// The first that fits is taken.
    private static final List<Form> FORMS = List.of(
        form("policy \"[^\"]*\"", Kind.POLICY),
        form("every pod of \"[^\"]*\"|pods \"[^\"]*\"(?: of \"[^\"]*\")?|(?:service|host|node) \"[^\"]*\"|the node of \"[^\"]*\"",
            Kind.PEER),
        form("(?:every|each|any|all) pods? (?:of|in) \"([^\"]*)\"", Kind.PEER, "every pod of \"$1\"", "it is written: every pod of"),
        form("\"[^\"]*\"", Kind.QUOTED),
        form("(service|node|host|the node of) ([a-z0-9][a-z0-9./-]*)(?=\\s|$)", Kind.PEER, "$1 \"$2\"", QUOTES),
        form("every pod of ([a-z0-9-]+)(?=\\s|$)", Kind.PEER, "every pod of \"$1\"", QUOTES),
        form("every pod", Kind.PEER), form("(?:each|any) pod|all pods", Kind.PEER, "every pod", "it is written: every pod"),
        form("the Kubernetes API", Kind.PEER),
        form("(?i:(?:the )?(?:kubernetes|k8s)(?: api)?(?:[- ]?server)?|the api(?:[- ]?server)?)(?=\\s|$)", Kind.PEER, "the Kubernetes API",
            "it is written: the Kubernetes API"),
        form(PORT + "(?:(?:, | and )" + PORT + ")*(?=\\s|$)|every port(?=\\s|$)", Kind.PORTS),
        form("(?:any|all|each) ports?(?=\\s|$)|every ports(?=\\s|$)", Kind.PORTS, "every port", "it is written: every port"),
        form("(?i:ports? )?([0-9]{1,5})/(?i:(tcp|udp|sctp))(?=\\s|$)", Kind.PORTS, "$U2/$1", "the protocol comes first, such as TCP/8080"),
        form("(?i:ports? )?(?i:(tcp|udp|sctp))[ :/-](?i:port )?([A-Za-z0-9-]+)(?=\\s|$)", Kind.PORTS, "$U1/$2",
            "a port is written as its protocol, a slash and its number, such as TCP/8080"),
        form("(?i:ports? )([0-9]{1,5}|[a-z][a-z0-9-]*)(?=\\s|$)", Kind.PORTS, "TCP/$1", PROTOCOL),
        form("(?<=on )([0-9]{1,5}|https?|dns|metrics|grpc)(?=\\s|$)", Kind.PORTS, "TCP/$1", PROTOCOL),
        form("(?i:can not any ?more|cannot any ?more|can't any ?more)(?=\\s|$)", Kind.CAN, "can no longer", "the verb is: can no longer"),
        form("can no longer|can still|can again|cannot(?=\\s|$)", Kind.CAN),
        form(
            "(?i:can not|can't|cant|can never|should(?: not|n't| never)(?: be able to)?|must(?: not|n't)|may not|will not|won't|could(?: not|n't)"
                + "|does(?: not|n't)|do(?: not|n't)|is (?:not able|unable) to|shall not|never)(?=\\s|$)",
            Kind.CAN, "cannot", "the verb is: cannot"),
        form("(?i:no longer can)(?=\\s|$)", Kind.CAN, "can no longer", "the verb is: can no longer"),
        form("(?i:still can)(?=\\s|$)", Kind.CAN, "can still", "the verb is: can still"),
        form("can(?=\\s|$)", Kind.CAN),
        form("(?i:should(?: be able to)?|must|may|shall|will|could|is able to)(?=\\s|$)", Kind.CAN, "can", "the verb is: can"),
        form("ingress and egress|egress and ingress|ingress|egress", Kind.DIRECTIONS),
        form("(?i:in- and egress|ingress, egress|ingress & egress|ingress or egress)", Kind.DIRECTIONS, "ingress and egress",
            "it is written: ingress and egress"),
        form(NUMBER + " (?:ms|s|min|h)(?=\\s|$)", Kind.DURATION),
        form("(" + NUMBER + ")(ms|s|min|h)(?=\\s|$)", Kind.DURATION, "$1 $2", TIME),
        form("(" + NUMBER + ") ?(?:milliseconds?|millis|msecs?)(?=\\s|$)", Kind.DURATION, "$1 ms", TIME),
        form("(" + NUMBER + ") ?(?:seconds?|secs?)(?=\\s|$)", Kind.DURATION, "$1 s", TIME),
        form("(" + NUMBER + ") ?(?:minutes?|mins)(?=\\s|$)", Kind.DURATION, "$1 min", TIME),
        form(LABEL + "(?:, ?" + LABEL + ")*(?=\\s|$)", Kind.QUOTED, "\"$0\"", "labels stand in quotes"),
        form(NAME + "(?=\\s|$)", Kind.QUOTED, "\"$0\"", QUOTES),
        form("(?i:connects?|talks?|speaks?|access(?:es)?|gets?)(?: to)?(?=\\s|$)", Kind.WORD, "reach", "the word is: reach"),
        form("(?i:breaks?|broken)(?=\\s|$)", Kind.WORD, "broke", "the word is: broke"),
        form("(?i:heals?)(?=\\s|$)", Kind.WORD, "healed", "the word is: healed"),
        form("(?i:den(?:y|ied)|blocks?|forbids?|drops?)(?=\\s|$)", Kind.WORD, "denies", "the word is: denies"),
        form("\\S+", Kind.WORD));

    private SentenceTokens() {}

    private static Form form(String pattern, Kind kind) {
        return new Form(Pattern.compile(pattern), kind, null, null);
    }

    private static Form form(String pattern, Kind kind, String replacement, String reason) {
        return new Form(Pattern.compile(pattern), kind, replacement, reason);
    }

    static List<Token> of(String text) {
        var tokens = new ArrayList<Token>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            var token = token(text, at);
            // A sentence without its verb's first half, such as "a reaches b": what is said is that it can.
            if (token.text.matches("reaches|resolves|sends|reads")) {
                var verb = token.text.equals("reaches") ? "reach" : token.text.substring(0, token.text.length() - 1);
                tokens.add(new Token(Kind.CAN, "can", token.start, token.end, "the verb is: can " + verb));
                tokens.add(new Token(Kind.WORD, verb, token.end, token.end, null));
            } else tokens.add(token);
            at = token.end;
        }
        return tokens;
    }

    private static Token token(String text, int at) {
        for (var form : FORMS) {
            var matcher = form.pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
            if (!matcher.lookingAt() || matcher.end() == at || cutsWord(text, matcher)) continue;
            var said = matcher.group();
            if (form.replacement == null) return new Token(form.kind, said, at, matcher.end(), null);
            return new Token(form.kind, replaced(form.replacement, matcher), at, matcher.end(), form.reason);
        }
        throw new IllegalStateException("no token at " + at);
    }

    private static boolean cutsWord(String text, Matcher matcher) {
        int end = matcher.end();
        return end < text.length() && Character.isLetterOrDigit(text.charAt(end - 1)) && Character.isLetterOrDigit(text.charAt(end));
    }

    private static String replaced(String replacement, Matcher matcher) {
        var text = replacement;
        for (int g = matcher.groupCount(); g >= 0; g--) {
            var group = matcher.group(g) == null ? "" : matcher.group(g);
            text = text.replace("$U" + g, group.toUpperCase(Locale.ROOT)).replace("$" + g, group);
        }
        return text;
    }
}
