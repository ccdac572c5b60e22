package dev.lockdown.cluster.embedded.dns;

import static dev.lockdown.cluster.embedded.dns.Dig.lines;
import static dev.lockdown.cluster.embedded.dns.Dig.question;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.controlplane.SnapshotFixture;
import dev.lockdown.state.Service;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@DisplayName("A name server")
class DnsServerTest {
    private static final String SMALL = "kubernetes.default.svc.cluster.local.";
    private static final String LARGE = "flock.shop.svc.cluster.local.";
    private final Dig dig = Dig.at(withManyPods(40));

    static SnapshotFixture withManyPods(int pods) {
        var cluster = new SnapshotFixture().namespace("shop").service("shop/flock", Service.Type.HEADLESS, "app=sheep", List.of());
        for (int i = 1; i <= pods; i++)
            cluster.pod("shop/sheep-" + i, "app=sheep", List.of(), "10.42.%d.%d".formatted(i / 250, i % 250 + 1));
        return cluster;
    }

    @Test
    void repeats_the_number_of_the_question() throws IOException {
        assertThat(dig.ask(SMALL, Type.A).getHeader().getID()).isEqualTo(Dig.ID);
    }

    @Test
    void keeps_the_case_of_the_question() throws IOException {
        assertThat(dig.ask("KuberNetes.Default.svc.CLUSTER.local.", Type.A).getSection(Section.ANSWER).getFirst().getName())
            .hasToString("KuberNetes.Default.svc.CLUSTER.local.");
    }

    @Test
    void offers_the_recursion_that_resolvers_expect_of_it() throws IOException {
        assertThat(dig.ask(SMALL, Type.A).getHeader().getFlag(Flags.RA)).isTrue();
    }

    @Test
    void says_over_udp_that_a_large_answer_was_cut() throws IOException {
        assertThat(dig.ask(LARGE, Type.A).getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void does_not_go_beyond_512_bytes_over_udp() throws IOException {
        assertThat(dig.bytes(question(LARGE, Type.A).toWire(), false)).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void gives_the_whole_of_a_large_answer_over_tcp() throws IOException {
        assertThat(dig.askOverTcp(LARGE, Type.A).getSection(Section.ANSWER)).hasSize(40);
    }

    @Test
    void gives_a_large_answer_over_udp_to_who_can_take_it() throws IOException {
        assertThat(dig.send(extended(LARGE, 4096, 0, 0), false).getSection(Section.ANSWER)).hasSize(40);
    }

    @Test
    void cuts_an_answer_to_the_size_that_the_question_allows() throws IOException {
        assertThat(dig.send(extended(LARGE, 600, 0, 0), false).getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void does_not_go_beyond_1232_bytes_over_udp_whatever_is_allowed() throws IOException {
        assertThat(Dig.at(withManyPods(100)).send(extended(LARGE, 65535, 0, 0), false).getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void takes_a_size_below_512_for_512() throws IOException {
        assertThat(dig.send(extended(SMALL, 0, 0, 0), false).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void tells_its_own_size_where_it_cuts() throws IOException {
        assertThat(dig.send(extended(LARGE, 512, 0, 0), false).getOPT().getPayloadSize()).isEqualTo(1232);
    }

    @Test
    void sends_no_extension_to_who_sent_none() throws IOException {
        assertThat(dig.ask(SMALL, Type.A).getOPT()).isNull();
    }

    @Test
    void rejects_a_version_of_the_extension_that_does_not_exist_yet() throws IOException {
        assertThat(dig.send(extended(SMALL, 1232, 1, 0), false).getRcode()).isEqualTo(Rcode.BADVERS);
    }

    @Test
    void repeats_the_wish_for_signatures() throws IOException {
        assertThat(dig.send(extended(SMALL, 1232, 0, ExtendedFlags.DO), false).getOPT().getFlags()).isEqualTo(ExtendedFlags.DO);
    }

    @Test
    void tells_who_it_is() throws IOException {
        assertThat(lines(dig.send(of(Name.fromString("id.server."), Type.TXT, DClass.CH), false), Section.ANSWER))
            .containsExactly("TXT kube-dns-1");
    }

    @Test
    void refuses_another_class() throws IOException {
        assertThat(dig.send(of(Name.fromString(SMALL), Type.A, DClass.HS), false).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"AXFR, REFUSED", "IXFR, REFUSED", "MAILB, NOTIMP", "TSIG, FORMERR"})
    void does_not_answer_what_is_no_question_for_records(String type, String rcode) throws IOException {
        assertThat(Rcode.string(dig.askOverTcp("cluster.local.", Type.value(type)).getRcode())).isEqualTo(rcode);
    }

    @Test
    void refuses_to_tell_anything_else_of_itself() throws IOException {
        assertThat(dig.send(of(Name.fromString("version.bind."), Type.TXT, DClass.CH), false).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void repeats_the_wish_for_recursion() throws IOException {
        assertThat(dig.ask(SMALL, Type.A).getHeader().getFlag(Flags.RD)).isTrue();
    }

    @Test
    void does_not_invent_a_wish_for_recursion() throws IOException {
        var question = question(SMALL, Type.A);
        question.getHeader().unsetFlag(Flags.RD);
        assertThat(dig.send(question, false).getHeader().getFlag(Flags.RD)).isFalse();
    }

    @Test
    void does_not_implement_updates() throws IOException {
        var update = question(SMALL, Type.A);
        update.getHeader().setOpcode(Opcode.UPDATE);
        assertThat(dig.send(update, false).getRcode()).isEqualTo(Rcode.NOTIMP);
    }

    @Test
    void finds_no_form_in_a_message_without_a_question() throws IOException {
        assertThat(dig.send(new Message(7), false).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void finds_no_form_in_a_message_with_two_questions() throws IOException {
        var two = question(SMALL, Type.A);
        two.addRecord(Record.newRecord(Name.fromString(LARGE), Type.A, DClass.IN), Section.QUESTION);
        assertThat(dig.send(two, false).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void finds_no_form_in_a_message_with_two_extensions() throws IOException {
        var two = extended(SMALL, 1232, 0, 0);
        two.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
        assertThat(dig.send(two, false).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void repeats_the_operation_that_it_does_not_know() throws IOException {
        var update = question(SMALL, Type.A);
        update.getHeader().setOpcode(Opcode.UPDATE);
        assertThat(dig.send(update, false).getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
    }

    @Test
    void finds_no_form_in_a_name_that_is_cut_off() throws IOException {
        var whole = question(SMALL, Type.A).toWire();
        assertThat(new Message(dig.bytes(Arrays.copyOf(whole, whole.length - 9), false)).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void says_nothing_to_what_is_shorter_than_a_header() {
        assertThat(dig.server().answer(new byte[11], false)).isNull();
    }

    @Test
    void says_nothing_to_an_answer() throws IOException {
        var answer = question(SMALL, Type.A);
        answer.getHeader().setFlag(Flags.QR);
        assertThat(dig.server().answer(answer.toWire(), false)).isNull();
    }

    private static Message extended(String name, int size, int version, int flags) throws IOException {
        var message = question(name, Type.A);
        message.addRecord(new OPTRecord(size, 0, version, flags), Section.ADDITIONAL);
        return message;
    }

    private static Message of(Name name, int type, int dclass) {
        var message = new Message(Dig.ID);
        message.addRecord(Record.newRecord(name, type, dclass), Section.QUESTION);
        return message;
    }
}
