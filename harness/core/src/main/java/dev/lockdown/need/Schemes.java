package dev.lockdown.need;

import static java.util.Map.entry;

import java.util.Map;

/// The ports on which clients dial where a URL names none.
///
/// @see <a href="https://www.iana.org/assignments/service-names-port-numbers">IANA's registry of service names and port numbers</a>, and the
///     manuals of those that it does not have
final class Schemes {
    private static final Map<String, Integer> PORTS = Map.ofEntries(entry("http", 80), entry("https", 443), entry("ws", 80),
        entry("wss", 443), entry("postgres", 5432), entry("postgresql", 5432), entry("pgsql", 5432), entry("mysql", 3306),
        entry("mariadb", 3306), entry("sqlserver", 1433), entry("mssql", 1433), entry("oracle", 1521), entry("mongodb", 27017),
        entry("redis", 6379), entry("rediss", 6379), entry("amqp", 5672), entry("amqps", 5671), entry("kafka", 9092),
        entry("nats", 4222), entry("mqtt", 1883), entry("mqtts", 8883), entry("stomp", 61613), entry("ldap", 389), entry("ldaps", 636),
        entry("smtp", 25), entry("smtps", 465), entry("ftp", 21), entry("sftp", 22), entry("ssh", 22), entry("git", 9418),
        entry("zookeeper", 2181), entry("zk", 2181), entry("cassandra", 9042), entry("clickhouse", 9000), entry("memcached", 11211),
        entry("elasticsearch", 9200), entry("etcd", 2379), entry("consul", 8500), entry("vault", 8200), entry("otlp", 4317),
        entry("couchdb", 5984), entry("neo4j", 7687), entry("bolt", 7687), entry("pulsar", 6650), entry("cockroachdb", 26257),
        entry("tcp", 0), entry("grpc", 0), entry("dns", 0));

    private Schemes() {}

    /// The port of a scheme; 0 where it has none.
    static int port(String scheme) {
        return PORTS.getOrDefault(scheme.replaceFirst("\\+.*", ""), 0);
    }
}
