package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A journal that is read")
class JournalReaderTest {
    private final byte[] first = new EntryWriter().line(JournalTest.finished(1));
    private final byte[] second = new EntryWriter().line(JournalTest.finished(2));

    @TempDir
    Path folder;

    @Test
    void may_be_torn_anywhere_in_its_last_line() throws IOException {
        for (int length = 1; length < second.length - 1; length++) {
            var notes = new ArrayList<String>();
            assertThat(JournalReader.read(journal(first, Arrays.copyOf(second, length)), notes::add))
                .containsExactly(JournalTest.finished(1));
            assertThat(notes).containsExactly(file() + ":2: the last line is torn, as a killed run leaves it; it was left out");
        }
    }

    @Test
    void is_whole_when_only_the_last_newline_is_missing() throws IOException {
        var notes = new ArrayList<String>();
        assertThat(JournalReader.read(journal(first, Arrays.copyOf(second, second.length - 1)), notes::add)).hasSize(2);
        assertThat(notes).isEmpty();
    }

    @Test
    void may_be_empty() throws IOException {
        assertThat(JournalReader.read(journal())).isEmpty();
    }

    private List<String> notes(int entries) {
        var notes = new ArrayList<String>();
        assertThat(JournalReader.read(folder, notes::add)).hasSize(entries);
        return notes;
    }

    @Test
    void loses_a_line_that_is_no_entry_and_names_it() throws IOException {
        journal(first, "{\"type\":\"judgd\"}\n".getBytes(), second);
        assertThat(notes(2)).containsExactly(
            file() + ":2: this line is torn or was changed (there is no entry of type \"judgd\"); it was left out");
    }

    @Test
    void loses_a_line_that_is_cut_though_others_follow() throws IOException {
        journal(Arrays.copyOf(first, 20), "\n".getBytes(), second);
        assertThat(notes(1)).singleElement().asString().startsWith(file() + ":1: this line is torn or was changed (");
    }

    @Test
    void loses_a_last_line_that_was_finished_and_is_no_entry() throws IOException {
        journal(first, "{\"type\":\"judg\"}\n".getBytes());
        assertThat(notes(1)).singleElement().asString().startsWith(file() + ":2: this line is torn or was changed (");
    }

    @Test
    void is_none_where_no_line_is_an_entry() throws IOException {
        journal("root:x:0:0\n".getBytes(), Arrays.copyOf(second, 9));
        assertThatThrownBy(() -> JournalReader.read(folder)).isInstanceOf(JournalException.class)
            .hasMessageStartingWith(file() + " is no journal: line 1 is not an entry: ")
            .satisfies(e -> assertThat(((JournalException) e).isWrongFile()).isTrue());
    }

    @Test
    void loses_an_empty_line() throws IOException {
        journal(first, "\n".getBytes(), second);
        assertThat(notes(2)).singleElement().asString().contains(":2: ").contains("it is no JSON object");
    }

    @Test
    void says_which_text_it_cannot_read() throws IOException {
        journal(new String(first).replace("\"PASSED\"", "\"soon\"").getBytes(), second);
        assertThat(notes(1)).singleElement().asString().contains(":1: ").contains("soon");
    }

    @Test
    void tells_the_first_lines_that_it_loses_and_how_many_more() throws IOException {
        var broken = new byte[9][];
        Arrays.fill(broken, "{}\n".getBytes());
        broken[0] = first;
        journal(broken);
        assertThat(notes(1)).hasSize(6).last().isEqualTo(file() + ": 3 more lines like that");
    }

    @Test
    void loses_what_a_scenario_asked_behind_a_lost_line_and_nothing_of_others() throws IOException {
        journal("""
            {"type":"scenario-started","at":"2026-11-22T14:03:11Z","scenario":"a:1","feature":"a","featureName":"A","name":"n","line":1}
            {"type":"scenario-started","at":"2026-11-22T14:03:11Z","scenario":"b:1","feature":"b","featureName":"B","name":"n","line":1}
            {"type":"observed","at":"2026-11-22T14:03:11Z","scenario":"a:1","line":1,"purp
            {"type":"observed","at":"2026-11-22T14:03:11Z","scenario":"a:1","line":1,"purpose":"VERDICT","asked":[],"seen":[]}
            {"type":"observed","at":"2026-11-22T14:03:11Z","scenario":"b:1","line":1,"purpose":"VERDICT","asked":[],"seen":[]}
            {"type":"scenario-finished","at":"2026-11-22T14:03:11Z","scenario":"a:1","status":"PASSED","tookMicros":7}
            """.getBytes());
        assertThat(notes(4)).singleElement().asString().endsWith("; it was left out, and what was asked later in a:1");
    }

    @Test
    void loses_all_that_was_asked_in_a_scenario_whose_first_line_is_lost() throws IOException {
        journal("""
            {"type":"scenario-started","at":"2026-11-22T14:03:11Z","scena
            {"type":"observed","at":"2026-11-22T14:03:11Z","scenario":"a:1","line":1,"purpose":"VERDICT","asked":[],"seen":[]}
            {"type":"scenario-finished","at":"2026-11-22T14:03:11Z","scenario":"a:1","status":"PASSED","tookMicros":7}
            """.getBytes(), second);
        assertThat(notes(2)).hasSize(1);
    }

    @Test
    void is_refused_when_a_newer_lockdown_wrote_it() throws IOException {
        journal("{\"type\":\"run-started\",\"schema\":3}\n".getBytes(), second);
        assertThatThrownBy(() -> JournalReader.read(folder)).hasMessage("""
                %s:1: the journal has schema 3, and this Lockdown reads up to 2
                  read it with the Lockdown that wrote it, or a newer one""".formatted(file()));
    }

    @Test
    void is_refused_when_it_is_of_the_schema_that_lacks_most_rounds() throws IOException {
        journal("{\"type\":\"run-started\",\"schema\":1}\n".getBytes(), second);
        assertThatThrownBy(() -> JournalReader.read(folder)).isInstanceOf(JournalException.class).hasMessage("""
                %s:1: the journal has schema 1, and this Lockdown reads schema 2, which records every round
                  read it with the Lockdown that wrote it, or run the features again""".formatted(file()));
    }

    @Test
    void loses_a_line_where_a_number_stands_for_nothing_that_was_said() throws IOException {
        journal("""
            {"type":"observed","at":"2026-11-22T14:03:11Z","scenario":"s","line":1,"purpose":"VERDICT","asked":[7],"seen":[[0,5,6]]}
            """.getBytes(), second);
        assertThat(notes(1)).singleElement().asString().contains(":1: ").contains("probe 7 is not among those of the lines before");
    }

    @Test
    void may_have_fields_that_came_later() throws IOException {
        assertThat(JournalReader.read(journal(new String(first).replace("{", "{\"later\":[1],").getBytes())))
            .containsExactly(JournalTest.finished(1));
    }

    @Test
    void must_be_there() {
        assertThatThrownBy(() -> JournalReader.read(folder)).hasMessage("""
                there is no journal at %s
                  expected a run's folder such as reports/20261122-140311, or its journal.jsonl""".formatted(file()));
    }

    private Path file() {
        return folder.resolve("journal.jsonl");
    }

    private Path journal(byte[]... parts) throws IOException {
        try (var out = Files.newOutputStream(file())) {
            for (var part : parts) out.write(part);
        }
        return file();
    }
}
