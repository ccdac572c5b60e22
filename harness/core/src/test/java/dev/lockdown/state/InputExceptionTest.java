package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A mistake of an input")
class InputExceptionTest {
    private static final InputException.Cell CELL = new InputException.Cell(1, 2);

    @Test
    void knows_what_it_is_told_of_itself_and_nothing_else() {
        var plain = new InputException("no");
        assertThat(plain).hasMessage("no");
        assertThat(plain.about()).isEmpty();
        assertThat(plain.missing()).isEmpty();
        assertThat(plain.cell()).isEmpty();
        assertThat(plain.mistakes()).containsExactly(plain);
        assertThat(InputException.about("shop/wbe", "no").about()).contains("shop/wbe");
        var missing = InputException.missing("pod", "shop/wbe", "no such pod");
        assertThat(missing).hasMessage("no such pod");
        assertThat(missing.missing()).contains("pod");
        assertThat(missing.about()).contains("shop/wbe");
    }

    @Test
    void keeps_the_cell_in_which_it_was_first_found_and_where_it_was_thrown() {
        var missing = InputException.missing("pod", "shop/wbe", "no such pod");
        var placed = missing.in(CELL);
        assertThat(placed).hasMessage("no such pod");
        assertThat(placed.cell()).contains(CELL);
        assertThat(placed.missing()).contains("pod");
        assertThat(placed.about()).contains("shop/wbe");
        assertThat(placed.getStackTrace()).isEqualTo(missing.getStackTrace());
        assertThat(placed.in(new InputException.Cell(7, 7))).isSameAs(placed);
    }

    @Test
    void stands_for_several_whose_cells_are_their_own() {
        var first = new InputException("a").in(CELL);
        var both = InputException.all(List.of(first, new InputException("b"), new InputException("a")));
        assertThat(both).hasMessage("a\nb");
        assertThat(both.mistakes()).hasSize(3).startsWith(first);
        assertThat(both.in(CELL)).isSameAs(both);
        assertThat(InputException.all(List.of(first))).isSameAs(first);
    }
}
