package dev.lockdown.nightly.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A trend over the nights")
class TrendTest {
    @Test
    void is_drawn_from_two_nights_on() {
        assertThat(Trend.of(List.of(5L)).isDrawn()).isFalse();
        assertThat(Trend.of(List.of(-1L, 5L)).isDrawn()).isFalse();
        assertThat(Trend.of(List.of(0L, 10L))).isEqualTo(new Trend("M1 19h0l98-18", 2, 0, 10));
    }

    @Test
    void has_a_gap_where_a_night_had_none_and_a_dot_for_a_night_between_two_gaps() {
        assertThat(Trend.of(List.of(10L, -1L, 10L, -1L, 10L, 10L)).path()).isEqualTo("M1 1h0M40 1h0M79 1h0l20 0");
    }

    @Test
    void keeps_every_spike_of_a_year_in_few_points() {
        var year = new ArrayList<Long>();
        for (int i = 0; i < 365; i++) year.add(i == 200 ? 1000L : 1L);
        var trend = Trend.of(year);
        assertThat(trend.path()).contains("-18l").hasSizeLessThan(300);
        assertThat(trend.nights()).isEqualTo(365);
    }
}
