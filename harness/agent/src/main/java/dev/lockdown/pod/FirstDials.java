package dev.lockdown.pod;

import dev.lockdown.flow.Seen;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.sample.SeenRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a shell dialled in this pod before this process could dial: from the first instruction of its containers. It wrote lines to a file,
/// with times of the wall's clock:
///
/// ```
/// begin 1795892011410943
/// sent 1795892011410943.1 1795892011411436 10.42.0.5/8080
/// seen 1795892011410943.1 1795892011411852 open
/// gone 1795892011719756
/// ```
/// `gone` stands at the end of a container after which another one begins: in between nobody is in the pod who could send anything.
final class FirstDials {
    /// What has not been answered for so long is not answered.
    private static final long DEADLINE = 200_000;
    /// If the wall's clock moved by more since this process began, its times say nothing.
    private static final long STEADY = 5_000;

    private final @Nullable Path folder;
    private final long offset = offset();

    /// @param folder where the file is; null where no shell dials
    FirstDials(@Nullable Path folder) {
        this.folder = folder;
    }

    /// By how many microseconds this process's clock is ahead of the wall's.
    private static long offset() {
        return AgentClock.nanos() / 1000 - ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /// Have the shell stop, since from now on this process dials.
    void stop() {
        if (folder == null) return;
        try {
            Files.write(folder.resolve("stop"), new byte[0]);
        } catch (IOException e) {
            // Then it stops by itself after ten seconds.
        }
    }

    /// @param gone whether nobody was in the pod from then on
    private record Mark(long at, boolean gone) {}

    private record Dial(long at, String target) {}

    /// What was seen of one target, by this process's clock, from its beginning: that the pod was not there, what its dials saw, and in between
    /// containers once more that nobody was.
    ///
    /// @param target `10.42.0.5/8080`
    /// @param until what was sent later is left out, in microseconds of this process's clock
    /// @return nothing where no shell dialled, or its times say nothing
    List<SeenRun> of(String target, long until) {
        if (folder == null || Math.abs(offset() - offset) > STEADY) return List.of();
        try {
            return read(Files.readAllLines(folder.resolve("dials"), StandardCharsets.US_ASCII), target, until);
        } catch (IOException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private List<SeenRun> read(List<String> lines, String target, long until) {
        var marks = new ArrayList<Mark>();
        var sent = new HashMap<String, Dial>();
        var events = new ArrayList<SeenRun>();
        for (var line : lines) {
            var words = line.split(" ");
            switch (words[0]) {
                case "begin" -> marks.add(new Mark(ours(words[1]), false));
                case "gone" -> marks.add(new Mark(ours(words[1]), true));
                case "sent" -> sent.put(words[1], new Dial(ours(words[2]), words[3]));
                case "seen" -> {
                    var dial = sent.remove(words[1]);
                    if (dial != null && dial.target.equals(target))
                        events.add(one(words[3].equals("open") ? Seen.OPEN : Seen.REJECTED, ours(words[2])));
                }
                default -> {}
            }
        }
        marks.forEach(m -> events.add(one(Seen.ABSENT, m.at)));
        sent.values().stream().filter(d -> d.target.equals(target) && known(d, marks) - d.at >= DEADLINE)
            .forEach(d -> events.add(one(Seen.SILENT, d.at)));
        events.removeIf(e -> e.firstMicros() > until);
        events.sort(Comparator.comparingLong(SeenRun::firstMicros));
        return events;
    }

    /// Until when an answer to a dial would have been seen.
    private static long known(Dial dial, List<Mark> marks) {
        return marks.stream().filter(m -> m.gone && m.at >= dial.at).mapToLong(Mark::at).min().orElse(AgentClock.nanos() / 1000);
    }

    private static SeenRun one(Seen seen, long micros) {
        return new SeenRun(seen, micros, micros, 1, 0);
    }

    private long ours(String wall) {
        return Long.parseLong(wall) + offset;
    }

    /// Where a program is that this pod's image has, or nothing.
    static String program(String name, Map<String, String> environment) {
        for (var place : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":"))
            if (Files.isExecutable(Path.of(place, name))) return Path.of(place, name).toString();
        return "";
    }
}
