package dev.lockdown.need;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.need.Mention.Form;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms in which people write addresses.
@DisplayName("Hosts in a text")
class AddressTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none",
        value = {"http://api | http api 0", "https://api.shop.svc.cluster.local:8443/v1?x=1 | https api.shop.svc.cluster.local 8443",
            "http://api.shop.:80/ | http api.shop 80", "jdbc:postgresql://db:5433/orders?ssl=true | postgresql db 5433",
            "jdbc:mysql://a:3306,b:3307/x | mysql a 3306, mysql b 3307",
            "jdbc:oracle:thin:@//ora.example:1521/XE | oracle ora.example 1521", "jdbc:oracle:thin:@ora:1521:XE | oracle ora 1521",
            "jdbc:sqlserver://mssql:1433;databaseName=x | sqlserver mssql 1433",
            "mongodb://u:p@m-0.m:27017,m-1.m:27017/db?replicaSet=r | mongodb m-0.m 27017, mongodb m-1.m 27017",
            "mongodb+srv://u:p@cluster.example/db | mongodb+srv cluster.example 0", "redis://:secret@cache:6379/0 | redis cache 6379",
            "amqps://user:pa@ss@queue/vhost | amqps queue 0", "postgres://u:p/q@db:5432/x | postgres db 5432",
            "http://api/user@example.org | http api 0",
            "user:pass@tcp(mysql:3306)/shop | - mysql 3306", "host=db port=5432 user=x password=y | - db 5432",
            "Server=tcp:sql,1433;Database=x;Password=y | - sql 1433",
            "http://[fd00::7]:8080/x | http fd00::7 8080", "see http://a:1 and http://b:2. | http a 1, http b 2",
            "until nc -z db 5432; do sleep 1; done | - db 5432",
            "pg_isready -h db -p 5432 | - db 5432", "lookup queue.shop.svc now | - queue.shop.svc 0",
            "'targets: [''api:9090'', ''b:9091'']' | - api 9090, - b 9091",
            "file:///etc/x | none", "10:30 | none", "registry.example/app:1.2 | none", "s3://bucket/x | none", "a plain sentence | none"})
    void are_found_in_every_form(String text, String expected) {
        assertThat(said(AddressText.mentions(text, false, Form.KEYED))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none",
        value = {"db | - db 0", "a:9092,b:9092 | - a 9092, - b 9092", "a b,c | - a 0, - b 0, - c 0",
            "[fd00::7]:53 | - fd00::7 53", "true | none", "5432 | none", ":8080 | none", "not a host! | none"})
    void stand_alone_under_a_key_that_names_an_address(String text, String expected) {
        assertThat(said(AddressText.mentions(text, true, Form.KEYED))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://u:PLANTED@h/x", "https://PLANTED@h/x", "amqp://u:PLANTED@@h", "redis://:PLANTED@h:6379",
        "postgres://u:a/PLANTED@h:5432/d",
        "u:PLANTED@tcp(h:3306)/d", "mongodb://a:PLANTED@h1,h2:27017", "http://u:PLANTED:x@h", "x=https://u:PLANTED@h;y",
        "smtp://PLANTED%40a:PLANTED@h"})
    void never_are_a_part_of_a_user_or_password(String text) {
        assertThat(said(AddressText.mentions(text, true, Form.KEYED))).isNotEmpty().doesNotContain("PLANTED");
        assertThat(AddressText.withoutUser(text)).doesNotContain("PLANTED");
    }

    @ParameterizedTest
    @CsvSource({"DB_HOST, true", "--redis-addr, true", "spring.rabbitmq.host, true", "kafkaBrokers, true", "DATABASE_URL, true",
        "OTEL_SERVICE_NAME, false",
        "LISTEN_ADDR, false", "CORS_ORIGINS, false", "NO_PROXY, false", "HOSTNAME, false", "SHOWPOINTS, false", "LOG_LEVEL, false",
        "SEEDS, true"})
    void are_meant_by_keys(String key, boolean address) {
        assertThat(new Setting(key, "x", new Because("f", 1, "k"), Setting.NO_FILE).namesAnAddress()).isEqualTo(address);
    }

    /// A dashboard in one line has no blank in a megabyte.
    @Test
    @Timeout(10)
    void are_found_in_long_lines_in_a_short_time() {
        var line = "{\"a\":\"b\",".repeat(100_000) + "a:b,".repeat(100_000) + "\"url\":\"http://api:8080\"" + ",\"c\":1".repeat(100_000)
            + "x".repeat(500_000);
        assertThat(said(AddressText.mentions(line, true, Form.KEYED_IN_FILE))).contains("http api 8080");
    }

    private static String said(List<Mention> mentions) {
        return mentions.stream().map(m -> "%s %s %s".formatted(m.scheme().isEmpty() ? "-" : m.scheme(), m.host(), m.port()))
            .collect(Collectors.joining(", "));
    }
}
