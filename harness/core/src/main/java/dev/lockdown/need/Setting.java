package dev.lockdown.need;

import java.util.List;
import java.util.Locale;

/// One key with its value, as a variable of the environment, an argument or a line of a file has it.
///
/// @param key as written; empty where a text stands alone
/// @param indent of its line; settings of one level belong together. -1 where it is of no file
record Setting(String key, String value, Because because, int indent) {
    static final int NO_FILE = -1;
    private static final List<String> ADDRESSES = List.of("HOST", "HOSTS", "HOSTNAME", "SERVER", "SERVERS", "ADDR", "ADDRS", "ADDRESS",
        "ADDRESSES", "ENDPOINT", "ENDPOINTS", "URL", "URLS", "URI", "URIS", "BROKER", "BROKERS", "DSN", "SVC", "PEERS", "SEEDS", "TARGET",
        "TARGETS", "UPSTREAM", "UPSTREAMS", "BACKEND", "SENTINELS", "CONNECTION", "NODES", "GATEWAY", "PROXY", "SERVICE", "JOIN");
    /// These name where somebody listens, or how others know the application; nobody dials them.
    private static final List<String> OWN = List.of("LISTEN", "BIND", "ORIGIN", "ORIGINS", "CORS", "ADVERTISE", "ADVERTISED", "ALLOWED",
        "NO", "PUBLIC", "CALLBACK", "REDIRECT", "XMLNS", "COOKIE", "WHITELIST", "ALLOWLIST", "RUNBOOK");
    /// The same at the end of a key; amid it they tell apart: `IMAGE_SERVICE_URL`, `SCHEMA_REGISTRY_URL`.
    private static final List<String> OWN_LAST =
        List.of("IMAGE", "SCHEMA", "DESCRIPTION", "SUMMARY", "HOMEPAGE", "LICENSE", "COMMENT", "HELP");
    /// Under these stand addresses and other words alike: `target: all`, `backend: memory`.
    private static final List<String> VAGUE = List.of("SERVICE", "TARGET", "TARGETS", "BACKEND", "CONNECTION", "NODES", "GATEWAY",
        "PROXY", "PEERS", "SEEDS", "UPSTREAM", "UPSTREAMS", "JOIN");

    /// The key in words: `spring.redisHost`, `--redis-host` and `REDIS_HOST` end alike.
    static List<String> words(String key) {
        return List.of(key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "")
            .toUpperCase(Locale.ROOT).split("_"));
    }

    /// Whether the key says that its value is an address that is dialled.
    boolean namesAnAddress() {
        var words = words(key);
        return !isOwn() && (ADDRESSES.contains(words.getLast()) || words.size() > 1 && ADDRESSES.contains(words.get(words.size() - 2))
            && words.getLast().matches("[0-9]+|INTERNAL|PRIMARY|REPLICA|READ|WRITE|LIST|STRING"));
    }

    /// How sure it is that what stands under this key is an address.
    Mention.Form form() {
        if (indent != NO_FILE) return Mention.Form.KEYED_IN_FILE;
        return VAGUE.contains(words(key).getLast()) ? Mention.Form.KEYED_VAGUELY : Mention.Form.KEYED;
    }

    /// Whether the key says that nobody dials its value.
    boolean isOwn() {
        var words = words(key);
        return words.stream().anyMatch(OWN::contains) || OWN_LAST.contains(words.getLast()) || words.equals(List.of("HOSTNAME"));
    }

    /// Whether this is the port that belongs to an address: `DB_PORT` to `DB_HOST`.
    boolean isPortOf(Setting address) {
        var own = words(key);
        var other = words(address.key);
        if (indent != address.indent || !isPort(own)) return false;
        return own.subList(0, own.size() - 1).equals(other.subList(0, other.size() - 1));
    }

    /// Whether this is one of several ports that belong to an address: `BUS_PUBLISH_PORT` and `BUS_PORT_GRPC` to `BUS_HOST`.
    boolean isOneOfThePortsOf(Setting address) {
        var own = words(key);
        var other = words(address.key);
        return indent == address.indent && own.contains("PORT") && isNumber() && other.size() > 1 && own.size() > other.size()
            && own.subList(0, other.size() - 1).equals(other.subList(0, other.size() - 1));
    }

    private boolean isPort(List<String> words) {
        return words.getLast().equals("PORT") && isNumber();
    }

    private boolean isNumber() {
        return value.strip().matches("[0-9]{1,5}");
    }
}
