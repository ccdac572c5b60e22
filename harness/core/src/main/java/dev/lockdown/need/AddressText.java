package dev.lockdown.need;

import dev.lockdown.need.Mention.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the hosts that a text names, in the forms in which people write them: URLs of any scheme with one host or several, JDBC, ODBC's
/// and libpq's keywords, Go's `tcp(host:port)`, lists of brokers, `nc -z db 5432`.
///
/// Users and passwords are cut out first ([#withoutUser]), so that no part of them can be taken for a host.
final class AddressText {
    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?\\.?";
    private static final Pattern URL =
        Pattern.compile("(?<![A-Za-z0-9])((?:[A-Za-z][A-Za-z0-9+.-]*:)*[A-Za-z][A-Za-z0-9+.-]*)://([^\\s\"'<>`|\\\\]*)");
    private static final Pattern ORACLE = Pattern.compile("jdbc:oracle:thin:[^@\\s]*@(?://)?(" + NAME + "):(\\d{1,5})");
    private static final Pattern IN_PARENTHESES = Pattern.compile("(?:tcp|udp)\\((" + NAME + ")(?::(\\d{1,5}))?\\)");
    private static final Pattern KEYWORD =
        Pattern.compile(
            "(?i)(?:^|[;\\s])(?:host|server|data source|addr|address)\\s*=\\s*(?:tcp:)?(" + NAME + ")(?:[:,](\\d{1,5}))?(?=[;,\\s]|$)");
    private static final Pattern KEYWORD_PORT = Pattern.compile("(?i)(?:^|[;\\s])port\\s*=\\s*(\\d{1,5})(?=[;\\s]|$)");
    private static final Pattern NETCAT =
        Pattern.compile("\\b(?:nc|ncat|telnet)\\s+(?:--?[A-Za-z][A-Za-z-]*(?:[=\\s]+\\d+)?\\s+)*(" + NAME + ")\\s+(\\d{1,5})\\b");
    private static final Pattern OPTION =
        Pattern.compile(
            "(?<=[\\s\"'(])(?:-h|-H|--(?:[a-z-]+-)?(?:host|server|addr|address|join|broker|endpoint|master))[\"']?[ =][\"']?(" + NAME
                + ")(?=[\\s\"')]|$)(?:.*?\\s(?:-p|-P|--port)[ =](\\d{1,5})\\b)?");
    private static final Pattern WITH_PORT = Pattern.compile("(?<![A-Za-z0-9_./@:$-])(" + NAME + "):(\\d{1,5})(?![A-Za-z0-9_.:-])");
    private static final Pattern TWO_PORTS =
        Pattern.compile("(?<![A-Za-z0-9_./@:$-])([A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?):(\\d{2,5}):(\\d{2,5})(?![0-9])");
    private static final Pattern BRACKETED = Pattern.compile("\\[([0-9a-fA-F:]+)\\](?::(\\d{1,5}))?");
    private static final Pattern SERVICE_NAME =
        Pattern.compile(
            "(?<![A-Za-z0-9_./@-])([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\\.svc(?:\\.cluster\\.local)?)\\.?(?![A-Za-z0-9_-])");
    private static final Pattern AUTHORITY_HOST = Pattern.compile("(" + NAME + ")(?::(\\d{1,5}))?");
    private static final Pattern PORT_OR_NONE = Pattern.compile("[^:]*(?::\\d{1,5})?");
    /// Thanos, Loki and Mimir say before a name how it is looked up.
    private static final Pattern DISCOVERY = Pattern.compile("(?<![A-Za-z0-9+.-])dns(?:srv(?:noa)?)?\\+(?:///)?(?=[A-Za-z0-9_])");
    private static final Pattern SRV = Pattern.compile("(?<![A-Za-z0-9_.-])(?:[a-z]+:///?)?_([a-z0-9-]+)\\._(?:tcp|udp)\\.(?=[A-Za-z0-9])");
    private static final Pattern COUNTED = Pattern.compile("(?<=[a-z0-9])-\\$(?:\\(\\([^()]*\\)\\)|\\{\\w+\\}|\\w+)\\.(?=[a-z])");
    /// Their hosts name a vocabulary or a file, and nobody connects.
    private static final Set<String> NO_CONNECTION = Set.of("file", "unix", "data", "classpath", "urn", "s3", "gs", "env", "arn", "mem");

    private final Form keyedForm;
    private final List<Mention> found = new ArrayList<>();
    private String rest;

    private AddressText(String text, Form keyedForm) {
        this.rest = text;
        this.keyedForm = keyedForm;
    }

    /// Find all hosts of a text.
    ///
    /// @param keyed whether its key says that it is an address, so that a name alone counts
    /// @param form of what stands under such a key
    static List<Mention> mentions(String text, boolean keyed, Form form) {
        return new AddressText(plain(withoutUser(text)), form).read(keyed);
    }

    /// Leave names as they are looked up: of `dnssrv+_grpc._tcp.store.shop`, as clients of SRV records write it, the Service under a scheme with
    /// the port's name; of a pod that a shell counts, such as `db-$((i-1)).db`, the first.
    private static String plain(String text) {
        return SRV.matcher(DISCOVERY.matcher(COUNTED.matcher(text).replaceAll("-0.")).replaceAll("")).replaceAll("srv+$1://");
    }

    /// Cut user and password out of every URL, and of `user:password@host` without a scheme.
    static String withoutUser(String text) {
        var url = URL.matcher(text);
        var cut = new StringBuilder();
        int last = 0;
        while (url.find()) {
            cut.append(text, last, url.start(2)).append(authorityOnwards(url.group(2)));
            last = url.end();
        }
        return cut.append(text.substring(last)).toString().replaceAll("(jdbc:oracle:thin:)[^@\\s]*@", "$1@")
            .replaceAll("(?<=^|[\\s=,;\"'/])(?!jdbc:)[^\\s@/:\"'=]{1,128}:[^\\s@/]{0,256}@(?=[A-Za-z0-9\\[(])", "");
    }

    /// A password may have a slash that nobody encoded, and a path may have an `@`. What is before the last `@` ahead of a query is cut if it
    /// holds a colon that no port follows, as only `user:password` does.
    private static String authorityOnwards(String rest) {
        int query = first(rest, "?#", rest.length());
        int slash = first(rest, "/", query);
        int at = rest.lastIndexOf('@', slash);
        int later = rest.lastIndexOf('@', query);
        if (at < 0 && later > slash && !PORT_OR_NONE.matcher(rest.substring(0, slash)).matches()) at = later;
        return rest.substring(at + 1);
    }

    private static int first(String text, String characters, int otherwise) {
        for (int i = 0; i < otherwise; i++) if (characters.indexOf(text.charAt(i)) >= 0) return i;
        return otherwise;
    }

    private List<Mention> read(boolean keyed) {
        take(ORACLE, m -> add("oracle", m.group(1), m.group(2), Form.URL));
        take(URL, this::url);
        take(IN_PARENTHESES, m -> add("", m.group(1), m.group(2), Form.KEYED));
        var port = KEYWORD_PORT.matcher(rest);
        var companion = port.find() ? port.group(1) : null;
        take(KEYWORD, m -> add("", m.group(1), m.group(2) == null ? companion : m.group(2), Form.KEYED));
        // ZooKeeper's servers have one port for each other and one for elections.
        take(TWO_PORTS, m -> {
            add("", m.group(1), m.group(2), Form.WITH_PORT);
            add("", m.group(1), m.group(3), Form.WITH_PORT);
        });
        take(NETCAT, m -> add("", m.group(1), m.group(2), Form.KEYED));
        take(OPTION, m -> add("", m.group(1), m.group(2), m.group(2) == null ? Form.WITH_PORT : Form.KEYED));
        if (keyed) take(BRACKETED, m -> add("", m.group(1), m.group(2), keyedForm));
        take(WITH_PORT, m -> add("", m.group(1), m.group(2), keyed ? keyedForm : Form.WITH_PORT));
        take(SERVICE_NAME, m -> add("", m.group(1), null, Form.SERVICE_NAME));
        if (keyed) alone();
        return found;
    }

    /// Hand over each match, and blank it out so that it counts once.
    private void take(Pattern pattern, Consumer<Matcher> use) {
        var matcher = pattern.matcher(rest);
        var left = new StringBuilder();
        int last = 0;
        while (matcher.find()) {
            use.accept(matcher);
            left.append(rest, last, matcher.start()).append(' ');
            last = matcher.end();
        }
        rest = left.append(rest.substring(last)).toString();
    }

    private void url(Matcher url) {
        var schemes = url.group(1).toLowerCase(Locale.ROOT).split(":");
        var scheme = schemes[schemes.length - 1];
        if (NO_CONNECTION.contains(scheme)) return;
        var authority = url.group(2).substring(0, first(url.group(2), "/?#;)]}", url.group(2).length()));
        if (url.group(2).startsWith("[")) {
            var bracketed = BRACKETED.matcher(url.group(2));
            if (bracketed.lookingAt()) add(scheme, bracketed.group(1), bracketed.group(2), Form.URL);
            return;
        }
        for (var host : authority.replaceFirst("[.,]+$", "").split(",")) {
            // MySQL's driver has `address=(host=…)`, and each host of a list may have a user of its own.
            var plain = AUTHORITY_HOST.matcher(host.substring(host.lastIndexOf('@') + 1));
            if (plain.matches()) add(scheme, plain.group(1), plain.group(2), Form.URL);
        }
    }

    /// A list of names, and nothing else.
    private void alone() {
        var names = rest.strip().split("[,\\s]+");
        if (names.length > 16) return;
        for (var name : names) if (!name.matches(NAME) || name.matches("[0-9]+|true|false|yes|no|on|off|none|null")) return;
        for (var name : names) add("", name, null, keyedForm);
    }

    private void add(String scheme, String host, @Nullable String port, Form form) {
        int number = port == null ? 0 : Integer.parseInt(port);
        if (number > 65535 || host.matches("[0-9]+")) return;
        found.add(new Mention(scheme, host.replaceFirst("\\.$", ""), number, form));
    }
}
