package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Note;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was noted of manifests")
class ManifestOptionsTest {

    private static List<Note> of(Note.Grade grade, int count) {
        return IntStream.range(0, count).mapToObj(i -> new Note(grade, "NetworkPolicy", "shop/p" + i, null, "policy p" + i)).toList();
    }

    private static List<String> told(List<Note> notes) {
        var told = new StringWriter();
        ManifestOptions.tell(notes, new PrintWriter(told, true));
        return told.toString().lines().toList();
    }

    @Test
    void is_told_whole_where_it_is_short() {
        assertThat(told(of(Note.Grade.WARNING, 30))).hasSize(30).allMatch(l -> l.startsWith("warning: policy p"));
    }

    @Test
    void ends_with_the_number_of_warnings_that_are_left_out() {
        assertThat(told(of(Note.Grade.WARNING, 1031))).hasSize(31)
            .endsWith("warning: and 1,001 more warnings; --output json has all of them");
    }

    @Test
    void leaves_no_note_and_nothing_unseen_out() {
        var notes = new ArrayList<>(of(Note.Grade.WARNING, 31));
        notes.addAll(of(Note.Grade.NOTE, 40));
        notes.addAll(of(Note.Grade.UNSEEN, 40));
        assertThat(told(notes)).hasSize(30 + 80 + 1).endsWith("warning: and 1 more warning; --output json has all of them");
    }
}
