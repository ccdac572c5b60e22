package dev.lockdown.probe;

import static dev.lockdown.probe.Loopback.PATIENT;
import static dev.lockdown.probe.Loopback.agent;
import static dev.lockdown.probe.Loopback.free;
import static dev.lockdown.probe.Loopback.line;
import static dev.lockdown.probe.Loopback.make;
import static dev.lockdown.probe.Loopback.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Over a dial")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ExchangeTest {
    private final Agent dns = agent("kube-system/dns");

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void a_raw_question_brings_back_the_datagram_that_answers_it() throws IOException {
        var address = serving(dns, Protocol.UDP, new Lengths());
        var exchange = RawExchange.of(new byte[] {0, 2, 7, 8}, received -> true);
        assertThat(make(Dial.over(line(Protocol.UDP, address), exchange, PATIENT), dns)).isInstanceOf(Connected.class);
        assertThat(exchange.answer()).containsExactly(0, 2, 8, 7);
    }

    @Test
    void a_raw_question_brings_back_a_datagram_that_is_larger_than_itself() throws IOException {
        var address = serving(dns, Protocol.UDP, new Large());
        var exchange = RawExchange.of(new byte[] {1}, received -> true);
        make(Dial.over(line(Protocol.UDP, address), exchange, PATIENT), dns);
        assertThat(exchange.answer()).hasSize(Large.SIZE);
    }

    @Test
    void a_raw_question_brings_back_an_answer_that_comes_in_many_pieces() throws IOException {
        var question = new byte[60_000];
        question[0] = (byte) ((question.length - 2) >> 8);
        question[1] = (byte) (question.length - 2);
        question[2] = 42;
        var address = serving(dns, Protocol.TCP, new Lengths());
        var exchange = RawExchange.of(question, Lengths::whole);
        assertThat(make(Dial.over(line(Protocol.TCP, address), exchange, PATIENT), dns)).isInstanceOf(Connected.class);
        assertThat(exchange.answer()).hasSize(question.length).endsWith(42);
    }

    @Test
    void a_raw_question_has_no_answer_where_nothing_listens() throws IOException {
        var exchange = RawExchange.of(new byte[] {0, 0}, received -> true);
        assertThat(make(Dial.over(line(Protocol.UDP, free(Protocol.UDP)), exchange, PATIENT))).isEqualTo(new Refused());
        assertThat(exchange.answer()).isNull();
    }

    @Test
    void a_connection_that_is_handed_over_goes_on_where_the_dial_ended() throws IOException {
        var address = serving(dns, Protocol.TCP, new Lengths());
        var handOver = new HandOver();
        assertThat(make(Dial.over(line(Protocol.TCP, address), handOver, PATIENT), dns)).isInstanceOf(Connected.class);
        try (var channel = handOver.take()) {
            channel.write(ByteBuffer.wrap(new byte[] {0, 2, 7, 8}));
            dns.poke();
            var answer = ByteBuffer.allocate(4);
            channel.configureBlocking(true);
            while (answer.hasRemaining()) channel.read(answer);
            assertThat(answer.array()).containsExactly(0, 2, 8, 7);
        }
    }

    @Test
    void nothing_is_handed_over_where_nothing_listens() throws IOException {
        var handOver = new HandOver();
        make(Dial.over(line(Protocol.TCP, free(Protocol.TCP)), handOver, PATIENT));
        assertThatThrownBy(handOver::take).hasMessage("there is no connection to hand over");
    }

    @Test
    void a_connection_carries_one_question_after_another() throws IOException {
        var address = serving(dns, Protocol.TCP, new Lengths());
        var exchange = RawExchange.of(new byte[] {0, 1, 5, 0, 1, 6}, received -> received.remaining() == 6);
        make(Dial.over(line(Protocol.TCP, address), exchange, PATIENT), dns);
        assertThat(exchange.answer()).containsExactly(0, 1, 5, 0, 1, 6);
    }

    private static final class Large implements Responder {
        private static final int SIZE = 4096;

        @Override
        public boolean complete(ByteBuffer received) {
            return true;
        }

        @Override
        public ByteBuffer answer(ByteBuffer question, InetSocketAddress peer) {
            return ByteBuffer.allocate(SIZE);
        }
    }

    /// Messages as DNS frames them over TCP, answered back to front.
    private static final class Lengths implements Responder {
        static boolean whole(ByteBuffer received) {
            return received.remaining() >= 2 && received.remaining() - 2 >= Short.toUnsignedInt(received.getShort(received.position()));
        }

        @Override
        public boolean complete(ByteBuffer received) {
            return whole(received);
        }

        @Override
        public ByteBuffer answer(ByteBuffer question, InetSocketAddress peer) {
            int length = Short.toUnsignedInt(question.getShort());
            var answer = ByteBuffer.allocate(2 + length).putShort((short) length);
            for (int i = 0; i < length; i++) answer.put(question.get(question.position() + length - 1 - i));
            question.position(question.position() + length);
            return answer.flip();
        }
    }
}
