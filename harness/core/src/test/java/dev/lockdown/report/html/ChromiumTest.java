package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockdown.report.SampleRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Opens the page in frames of several widths, every details open, and measures it there.
@DisplayName("In Chromium the page")
class ChromiumTest {
    private static final List<Integer> WIDTHS = List.of(360, 768, 1280);
    private static final Pattern MEASURE = Pattern.compile("<li>(\\d+\\.\\w+)=(\\w*)</li>");
    private static final Map<String, String> measured = new HashMap<>();

    @BeforeAll
    static void measure(@TempDir Path folder) throws IOException, InterruptedException {
        var chromium =
            Stream.of("chromium", "chromium-browser", "google-chrome").map(ChromiumTest::onPath).flatMap(Optional::stream).findFirst();
        assumeTrue(chromium.isPresent(), "Chromium is not installed, so nothing looked at report.html in a browser");
        var page = folder.resolve("frames.html");
        Files.writeString(page, frames(HtmlReport.render(SampleRun.run(), "reports/20261122-140311")));
        var dump = folder.resolve("dump.html");
        var process = new ProcessBuilder(chromium.orElseThrow().toString(), "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + folder.resolve("profile"), "--virtual-time-budget=10000",
            "--dump-dom", page.toUri().toString()).redirectOutput(dump.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("Chromium ends").isTrue();
        MEASURE.matcher(Files.readString(dump, StandardCharsets.UTF_8)).results().forEach(m -> measured.put(m.group(1), m.group(2)));
        assertThat(measured).as("what Chromium measured").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280})
    void does_not_scroll_sideways_even_with_everything_open(int width) {
        assertThat(measured.get(width + ".sideways")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280})
    void cuts_nothing_off_outside_of_boxes_that_scroll(int width) {
        assertThat(measured.get(width + ".cut")).isEqualTo("0");
    }

    @Test
    void lets_wide_tables_scroll_in_their_own_box() {
        assertThat(Integer.parseInt(measured.get("360.scrolling"))).isPositive();
    }

    @Test
    void fetches_nothing() {
        assertThat(measured.get("1280.resources")).isEqualTo("0");
    }

    @Test
    void shows_every_scenario() {
        assertThat(measured.get("360.visible")).isEqualTo("31");
    }

    @Test
    void has_a_first_stop_for_the_keyboard_that_skips_to_the_results() {
        assertThat(measured.get("360.skip")).isEqualTo("main");
    }

    @Test
    void opens_a_scenario_that_a_link_leads_to() {
        assertThat(measured.get("360.linked")).isEqualTo("true");
    }

    private static String frames(String html) {
        var escaped = html.replace("&", "&amp;").replace("\"", "&quot;");
        var frames = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><body>");
        for (int width : WIDTHS)
            frames.append(
                "<iframe name=\"%d\" style=\"width:%dpx;height:800px;border:0\" srcdoc=\"%s\"></iframe>".formatted(width, width, escaped));
        return frames + """
                <ul></ul><script>
                onload = async () => {
                  for (const frame of document.querySelectorAll('iframe')) {
                    const page = frame.contentDocument, view = frame.contentWindow;
                    const all = [...page.querySelectorAll('main *, header *')];
                    page.querySelectorAll('details').forEach(d => d.open = true);
                    const scrolls = e => e.closest('.box, pre, .unseen');
                    const say = (what, value) => {
                      const item = document.createElement('li');
                      item.textContent = frame.name + '.' + what + '=' + value;
                      document.querySelector('ul').append(item);
                    };
                    say('sideways', page.documentElement.scrollWidth - page.documentElement.clientWidth);
                    say('cut', all.filter(e => !scrolls(e) && e.getBoundingClientRect().right > view.innerWidth + 0.5).length);
                    say('scrolling', all.filter(e => e.matches('.box') && e.scrollWidth > e.clientWidth).length);
                    say('resources', view.performance.getEntriesByType('resource').length);
                    say('visible', [...page.querySelectorAll('.scenario h4')].filter(e => e.getBoundingClientRect().height > 0).length);
                    const first = page.querySelector('a[href], summary, [tabindex]');
                    first.focus();
                    say('skip', page.activeElement === first ? first.hash.slice(1) : 'nothing');
                    const link = page.querySelector('.belief a'), target = page.getElementById(link.hash.slice(1)).closest('details');
                    target.open = false;
                    view.location.hash = link.hash;
                    await new Promise(done => setTimeout(done, 100));
                    say('linked', target.open);
                  }
                };
                </script>""";
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":")).map(d -> Path.of(d, program)).filter(Files::isExecutable).findFirst();
    }
}
