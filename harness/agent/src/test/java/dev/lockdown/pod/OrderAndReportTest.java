package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.Order.Errand;
import dev.lockdown.pod.Order.Speech;
import dev.lockdown.pod.Report.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("On the line")
class OrderAndReportTest {
    private static final byte[] BYTES = {0, 1, -1, 127, -128};

    static List<Order> orders() {
        return List.of(new Order.Dials(1, 1500, 64, List.of(errand(new Speech.Echo(List.of("shop/web", "shop/api")), 0),
            errand(new Speech.Dns(BYTES), 0), errand(new Speech.Connect(), 80), errand(new Speech.Api("kubernetes"), 0),
            errand(new Speech.Ping(), 0))), new Order.Dials(2, 1, 0, List.of()), new Order.Saw(3, List.of("ff", "0")),
            new Order.OpenMailbox(4, "::1"), new Order.Post(5, 53, "10.0.0.1", 4242, BYTES), new Order.Collect(6, 4242, 500, true),
            new Order.Token(7), new Order.Unknown(8, "dance"));
    }

    private static Errand errand(Speech speech, int from) {
        return new Errand(speech, Protocol.UDP, "10.0.0.1", 53, from);
    }

    static List<Report> reports() {
        return List.of(new Report.Dialled(1, outcomes().map(o -> seen(o, null, null)).toList()),
            new Report.Dialled(2, List.of(seen(new Outcome.Refused(), "ff", BYTES))), new Report.Saw(3, List.of(true, false)),
            new Report.Opened(4, 4242, BYTES), new Report.Posted(5), new Report.Collected(6, null),
            new Report.Collected(7, seen(new Outcome.Refused(), null, null)), new Report.Token(8, 900), new Report.Failed(9, "\"no\"\n"));
    }

    private static Stream<Outcome> outcomes() {
        return Stream.of(Stream.of(new Outcome.Connected(Duration.ofNanos(123_456), "shop/web", "10.0.0.1"), new Outcome.Misdirected("x/y"),
            new Outcome.Refused(), new Outcome.ProbeFailed("why")), Arrays.stream(Outcome.Icmp.values()).map(Outcome.Unreachable::new),
            Arrays.stream(Outcome.Lost.values()).map(l -> new Outcome.TimedOut(Duration.ofMillis(1500), l))).flatMap(s -> s);
    }

    private static Seen seen(Outcome outcome, @Nullable String nonce, byte @Nullable [] answer) {
        return new Seen(outcome, Instant.parse("2026-11-22T12:00:00.123456Z"), nonce, answer);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void an_order_comes_as_it_was_given(Order order) {
        assertThat(Order.of(Json.object(Json.write(order.json())))).usingRecursiveComparison().isEqualTo(order);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void a_report_comes_as_it_was_made(Report report) {
        assertThat(Report.of(Json.object(Json.write(report.json())))).usingRecursiveComparison().isEqualTo(report);
    }

    @Test
    void every_kind_of_order_and_report_is_tried_here() {
        assertThat(orders()).extracting(Object::getClass).containsAll(List.of(Order.class.getPermittedSubclasses()));
        assertThat(reports()).extracting(Object::getClass).containsAll(List.of(Report.class.getPermittedSubclasses()));
    }

    @Test
    void members_that_nobody_knows_are_let_be() {
        for (var order : orders()) {
            var json = new LinkedHashMap<String, @Nullable Object>(Json.object(Json.write(order.json())));
            json.put("mood", Map.of("weather", "fine"));
            assertThat(Order.of(json)).usingRecursiveComparison().isEqualTo(order);
        }
    }

    @Test
    void an_order_without_one_of_its_members_is_refused() {
        for (var order : orders())
            for (var member : order.json().keySet()) {
                var json = new LinkedHashMap<String, @Nullable Object>(Json.object(Json.write(order.json())));
                json.remove(member);
                assertThatIllegalArgumentException().as("%s without %s", order, member).isThrownBy(() -> Order.of(json));
            }
    }
}
