package dev.lockdown.probe.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Seen;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The answer to a sample's question")
class QuestionTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 53);
    private static final short ID = 4711;
    private static final Question.Name NAME = new Question.Name(message(ID, 0x0100, 0));

    private static byte[] message(int id, int flags, int answers) {
        return ByteBuffer.allocate(12).putShort((short) id).putShort((short) flags).putShort((short) 1).putShort((short) answers).array();
    }

    /// Flags: response 8000, truncated 0200, and the code in the last digit.
    @ParameterizedTest
    @CsvSource({"8180, 1, OPEN", "8380, 0, OPEN", "8180, 0, UNRESOLVED", "8183, 0, UNRESOLVED", "8182, 0, UNRESOLVED",
        "8185, 0, UNRESOLVED", "8183, 1, UNRESOLVED"})
    void resolves_a_name_only_with_an_address(String flags, int answers, Seen seen) {
        assertThat(NAME.hear(ByteBuffer.wrap(message(ID, Integer.parseInt(flags, 16), answers)), SERVER)).isEqualTo(seen);
    }

    @Test
    void is_waited_for_behind_what_is_none() {
        assertThat(NAME.hear(ByteBuffer.wrap(message(ID + 1, 0x8180, 1)), SERVER)).as("another question's").isNull();
        assertThat(NAME.hear(ByteBuffer.wrap(message(ID, 0x0100, 1)), SERVER)).as("a question").isNull();
        assertThat(NAME.hear(ByteBuffer.allocate(11), SERVER)).as("too short").isNull();
    }

    @ParameterizedTest
    @CsvSource({"'HTTP/1.1 200 OK\r\nServer: lockdown shop/api\r\n\r\n', OPEN",
        "'HTTP/1.1 200 OK\r\nserver: Lockdown shop/api\r\n\r\n', OPEN",
        "'HTTP/1.1 200 OK\r\nServer: lockdown shop/db\r\n\r\n', UNKNOWN", "'HTTP/1.1 503 Busy\r\n\r\n', UNKNOWN",
        "'SSH-2.0 x\r\n\r\n', UNKNOWN", "'HTTP/1.1 200 OK\r\nServer: lockdown shop/api\r\n',"})
    void is_a_page_of_who_was_asked(String answer, Seen seen) {
        var page = new Question.Page("api", Set.of("shop/api"));
        assertThat(page.hear(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)), SERVER)).isEqualTo(seen);
    }

    @Test
    void is_any_page_where_no_agent_is_asked() {
        var busy = ByteBuffer.wrap("HTTP/1.0 503 Busy\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new Question.Page("example", Set.of()).hear(busy, SERVER)).isEqualTo(Seen.OPEN);
    }
}
