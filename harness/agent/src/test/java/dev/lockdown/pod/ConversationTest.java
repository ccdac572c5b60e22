package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A conversation")
class ConversationTest {

    /// One end, and what it was told.
    private static final class End {
        private final Stream out;
        private final Conversation conversation;
        private final List<@Nullable Object> told = new ArrayList<>();

        End(long seed) {
            out = new Stream(seed);
            conversation = new Conversation("s", out);
        }

        /// A ping and a pong bring the acknowledgements when nothing else is said.
        void beat() {
            conversation.mention(Map.of("kind", "ping"));
            conversation.beat();
        }

        void hear(String line) {
            var envelope = Envelope.parse(line);
            if (envelope != null) conversation.receive(envelope).bodies().forEach(b -> told.add(b.get("number")));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void brings_everything_once_and_in_order_over_a_stream_that_loses_doubles_garbles_delays_and_breaks(long seed) {
        var here = new End(seed);
        var there = new End(~seed);
        int messages = 1000;
        for (long sent = 0, rounds = 0; here.told.size() < messages || there.told.size() < messages; rounds++) {
            assertThat(rounds).as("rounds").isLessThan(100_000);
            if (sent < messages) {
                here.conversation.send(Map.of("number", sent));
                there.conversation.send(Map.of("number", sent++));
            }
            here.out.deliver(there::hear);
            there.out.deliver(here::hear);
            if (rounds % 20 == 0) {
                here.beat();
                there.beat();
            }
            if (rounds % 500 == 0) {
                here.conversation.resend();
                there.conversation.resend();
            }
        }
        var all = LongStream.range(0, messages).boxed().toList();
        assertThat(here.told).isEqualTo(all);
        assertThat(there.told).isEqualTo(all);
        assertThat(here.out.worseThanNothing).as("garbled lines").isGreaterThan(50);
    }

    @Test
    void says_nothing_again_that_was_acknowledged() {
        var lines = new ArrayList<String>();
        var conversation = new Conversation("s", lines::add);
        conversation.send(Map.of("number", 1L));
        conversation.send(Map.of("number", 2L));
        conversation.receive(new Envelope("s", 0, 1, Map.of()));
        lines.clear();
        conversation.resend();
        assertThat(lines).singleElement().asString().contains("\"number\":2");
        assertThat(conversation.pending()).isEqualTo(1);
    }

    @Test
    void does_not_hurry_what_was_said_since_the_last_beat() {
        var lines = new ArrayList<String>();
        var conversation = new Conversation("s", lines::add);
        conversation.send(Map.of("number", 1L));
        conversation.beat();
        assertThat(lines).hasSize(1);
        conversation.beat();
        assertThat(lines).hasSize(2);
    }

    @Test
    void keeps_no_more_than_some_of_what_came_too_early() {
        var conversation = new Conversation("s", _ -> {});
        for (int i = 2; i < 5000; i++) conversation.receive(new Envelope("s", i, 0, Map.of()));
        assertThat(conversation.receive(new Envelope("s", 1, 0, Map.of())).bodies()).hasSizeBetween(1, 1100);
    }
}
