package dev.lockdown.cluster.embedded.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Every run sees the same 20,000 messages: valid questions, each damaged in a few places.
@DisplayName("A name server that is sent damaged questions")
class DnsServerFuzzTest {
    private static final int MESSAGES = 20_000;
    private final DnsServer server = Dig.at(DnsServerTest.withManyPods(200)).server();

    @Test
    void never_answers_longer_than_the_question_allows() throws IOException {
        each((question, answer) -> assertThat(answer.length).isLessThanOrEqualTo(limit(question)));
    }

    @Test
    void always_answers_with_a_message_that_can_be_read() throws IOException {
        each((question, answer) -> assertThat(read(answer)).isNotNull());
    }

    @Test
    void always_repeats_the_number_of_the_question() throws IOException {
        each((question, answer) -> assertThat(Arrays.copyOf(answer, 2)).isEqualTo(Arrays.copyOf(question, 2)));
    }

    @Test
    void is_sent_enough_of_each_kind_to_find_a_defect() throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        each((question, answer) -> kinds.merge(Rcode.string(answer[3] & 0xf), 1, Integer::sum));
        assertThat(kinds).containsKeys("NOERROR", "FORMERR", "NXDOMAIN", "NOTIMP", "REFUSED")
            .allSatisfy((kind, count) -> assertThat(count).isGreaterThan(100));
    }

    private void each(BiConsumer<byte[], byte[]> check) throws IOException {
        var random = new SplittableRandom(4711);
        var seeds = seeds();
        for (int i = 0; i < MESSAGES; i++) {
            var question = damaged(seeds.get(random.nextInt(seeds.size())), random);
            var answer = server.answer(question, false);
            if (answer != null) check.accept(question, answer);
        }
    }

    private static List<byte[]> seeds() throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (var name : List.of("flock.shop.svc.cluster.local.", "10-42-0-5.shop.pod.cluster.local.", "5.0.42.10.in-addr.arpa.",
            "a.example."))
            for (int type : new int[] {Type.A, Type.ANY, Type.SRV, Type.AXFR}) {
                var plain = Dig.question(name, type);
                seeds.add(plain.toWire());
                plain.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
                seeds.add(plain.toWire());
            }
        return seeds;
    }

    private static byte[] damaged(byte[] seed, SplittableRandom random) {
        var bytes = Arrays.copyOf(seed, switch (random.nextInt(6)) {
            case 0 -> random.nextInt(seed.length);
            case 1 -> seed.length + random.nextInt(40);
            default -> seed.length;
        });
        for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--)
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xc0);
        return bytes;
    }

    private static int limit(byte[] question) {
        var message = read(question);
        var extension = message == null ? null : message.getOPT();
        return extension == null ? 512 : Math.clamp(extension.getPayloadSize(), 512, 1232);
    }

    private static @Nullable Message read(byte[] bytes) {
        try {
            return new Message(bytes);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
