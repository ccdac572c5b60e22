package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.pod.AgentResponse.Seen;
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
class RequestAndResponseTest {
    private static final byte[] BYTES = {0, 1, -1, 127, -128};

    static List<AgentRequest> requests() {
        return List.of(new AgentRequest.Dials(1, 1500, 64, List.of(dial(new ExchangeSpec.Echo(List.of("shop/web", "shop/api")), 0),
            dial(new ExchangeSpec.Dns(BYTES), 0), dial(new ExchangeSpec.Connect(), 80), dial(new ExchangeSpec.Api("kubernetes"), 0),
            dial(new ExchangeSpec.Ping(), 0))), new AgentRequest.Dials(2, 1, 0, List.of()), new AgentRequest.Saw(3, List.of("ff", "0")),
            new AgentRequest.OpenReceiver(4, "::1"), new AgentRequest.SendDatagram(5, 53, "10.0.0.1", 4242, BYTES),
            new AgentRequest.Receive(6, 4242, 500, true),
            new AgentRequest.Token(7), new AgentRequest.Unknown(8, "dance"),
            new AgentRequest.Watch(9, 2, 5_000, 500, List.of(dial(new ExchangeSpec.Connect(), 0), dial(new ExchangeSpec.Dns(BYTES), 0)),
                List.of(0L, 7L), true),
            new AgentRequest.OpenHeld(12, 3, Protocol.UDP, "10.0.0.1", 53, 5_000),
            new AgentRequest.TakeHeld(13, 3, Protocol.TCP, 80, "10.0.0.2", 4242, 0), new AgentRequest.SeenHeld(17, 3),
            new AgentRequest.BeatsOf(14, 3, true),
            new AgentRequest.Become(18, "shop/api", List.of(Port.parse("TCP/80"), Port.parse("UDP/53"))),
            new AgentRequest.Find(15, "bash"), new AgentRequest.Lacks(16, Protocol.SCTP),
            new AgentRequest.Dials(16, 1, 0, List.of(dial(new ExchangeSpec.Http("api", List.of("a")), 0))),
            new AgentRequest.Samples(10, 2, true), new AgentRequest.Arrived(11, List.of(7L, 0L, 12L)));
    }

    private static DialRequest dial(ExchangeSpec exchange, int from) {
        return new DialRequest(exchange, Protocol.UDP, "10.0.0.1", 53, from);
    }

    static List<AgentResponse> responses() {
        return List.of(new AgentResponse.Dialled(1, outcomes().map(o -> seen(o, null, null)).toList()),
            new AgentResponse.Dialled(2, List.of(seen(new Outcome.Refused(), "ff", BYTES))), new AgentResponse.Saw(3, List.of(true, false)),
            new AgentResponse.Opened(4, 4242, BYTES), new AgentResponse.Sent(5), new AgentResponse.Received(6, null),
            new AgentResponse.Received(7, seen(new Outcome.Refused(), null, null)), new AgentResponse.Token(8, 900),
            new AgentResponse.Failed(9, "\"no\"\n"), new AgentResponse.Watching(10, 80_000, ""),
            new AgentResponse.Sampled(11, 123_456_789, 3,
                List.of(new AgentResponse.Runs(List.of(0L, 1L, 2L, 3L, 4L)), new AgentResponse.Runs(List.of()))),
            new AgentResponse.Arrivals(12, List.of(7L, 3L, 4L)), new AgentResponse.Held(13, "10.0.0.1", 4242, ""),
            new AgentResponse.Held(14, "", 0, "too often"), new AgentResponse.Found(15, "/usr/bin/bash"),
            new AgentResponse.Lacking(16, "none"),
            new AgentResponse.Became(17, new Served(List.of("TCP/80"), Map.of("SCTP/80", "none"), List.of("SCTP"))),
            new AgentResponse.Beats(16, 7, 2, List.of(1L, 5L, 9L, 2L), List.of(2L), List.of(1L, 6L, 6L, 1L), true));
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
    @MethodSource("requests")
    void a_request_comes_as_it_was_given(AgentRequest request) {
        assertThat(AgentRequest.of(Json.object(Json.write(request.json())))).usingRecursiveComparison().isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void a_response_comes_as_it_was_made(AgentResponse response) {
        assertThat(AgentResponse.of(Json.object(Json.write(response.json())))).usingRecursiveComparison().isEqualTo(response);
    }

    @Test
    void every_kind_of_order_and_report_is_tried_here() {
        assertThat(requests()).extracting(Object::getClass).containsAll(List.of(AgentRequest.class.getPermittedSubclasses()));
        assertThat(responses()).extracting(Object::getClass).containsAll(List.of(AgentResponse.class.getPermittedSubclasses()));
    }

    @Test
    void members_that_nobody_knows_are_let_be() {
        for (var request : requests()) {
            var json = new LinkedHashMap<String, @Nullable Object>(Json.object(Json.write(request.json())));
            json.put("mood", Map.of("weather", "fine"));
            assertThat(AgentRequest.of(json)).usingRecursiveComparison().isEqualTo(request);
        }
    }

    @Test
    void an_order_without_one_of_its_members_is_refused() {
        for (var request : requests())
            for (var member : request.json().keySet()) {
                var json = new LinkedHashMap<String, @Nullable Object>(Json.object(Json.write(request.json())));
                json.remove(member);
                assertThatIllegalArgumentException().as("%s without %s", request, member).isThrownBy(() -> AgentRequest.of(json));
            }
    }
}
