package dev.lockdown.junit;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a test declares before it begins: a pod, a Service, a machine outside. Each is a row of the table that a feature has for its kind.
///
/// ```java
/// cluster.pods(pod("shop/web").labels("app=web"), pod("shop/db").labels("app=db").serves("TCP/5432").onNode("node-2"));
/// ```
public final class Declared {
    private final Kind kind;
    private final Map<String, String> cells = new LinkedHashMap<>();

    /// Which table.
    enum Kind {
        POD("pod"), SERVICE("service"), HOST("host");

        final String column;

        Kind(String column) {
            this.column = column;
        }
    }

    private Declared(Kind kind, String name) {
        this.kind = kind;
        cells.put(kind.column, name);
    }

    /// @param name `shop/web`
    public static Declared pod(String name) {
        return new Declared(Kind.POD, name);
    }

    /// @param name `shop/api`
    public static Declared service(String name) {
        return new Declared(Kind.SERVICE, name);
    }

    /// @param name a DNS name outside the cluster, which is ours and never the real one
    public static Declared host(String name) {
        return new Declared(Kind.HOST, name);
    }

    /// @param labels `app=web, tier=front`
    public Declared labels(String labels) {
        return with("labels", labels);
    }

    /// @param ports on which a pod or a host listens: `TCP/8080, UDP/53`; a Service's: `TCP/80 -> 8080`
    public Declared serves(String ports) {
        return with("serves", ports);
    }

    /// @param node `node-2`
    public Declared onNode(String node) {
        return with("node", node);
    }

    /// @param labels of the pods behind a Service: `app=api`
    public Declared selects(String labels) {
        return with("selects", labels);
    }

    /// Any other column that a feature's table has, by its name: `type`, `start`, `addresses`.
    public Declared with(String column, String cell) {
        cells.put(column, cell);
        return this;
    }

    String name() {
        return String.valueOf(cells.get(kind.column));
    }

    Kind kind() {
        return kind;
    }

    Map<String, String> cells() {
        return cells;
    }
}
