package dev.lockdown.rehearsal.change;

import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.rehearsal.Today;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a change breaks and opens as workflow commands of GitHub, at the line of the manifest: at most ten, which is all that GitHub shows of
/// a step, the worst first.
///
/// @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands">workflow commands</a>
public final class Annotations {
    private static final int MOST = 10;

    private Annotations() {}

    /// @param places where policies and workloads of the new state are written, by their names
    public static List<String> of(ApplicationChange change, Map<String, Position> places) {
        var all = new ArrayList<String>();
        for (var result : change.breaks()) {
            var because = result.need().because().getFirst();
            all.add(command("error", new Position(because.file(), because.line(), 1), "a needed connection breaks",
                "%s: %s".formatted(result.need(), ChangeLines.why(result))));
        }
        for (var open : change.opens()) all.add(command("error", place(open, places), "a connection that nobody needs opens", said(open)));
        for (var result : change.stillBroken()) {
            var because = result.need().because().getFirst();
            all.add(command("warning", new Position(because.file(), because.line(), 1), "a needed connection is broken, as before",
                result.need().toString()));
        }
        return all.subList(0, Math.min(all.size(), MOST));
    }

    /// The policy that lets it through, else who is reached.
    private static Position place(Today.Open open, Map<String, Position> places) {
        return open.policies().stream().flatMap(p -> Optional.ofNullable(places.get(p)).stream()).findFirst()
            .or(() -> Optional.ofNullable(places.get(open.way().to().toString())))
            .or(() -> Optional.ofNullable(places.get(open.way().from().toString()))).orElse(Position.whole(""));
    }

    private static String said(Today.Open open) {
        return open.way()
            + (open.policies().isEmpty() ? ": no policy isolates either end" : ": allowed by " + String.join(", ", open.policies()));
    }

    private static String command(String level, Position at, String title, String message) {
        var place = at.file().isEmpty() ? "" : "file=%s,line=%s,".formatted(property(at.file()), Math.max(at.line(), 1));
        return "::%s %stitle=%s::%s".formatted(level, place, property(title), message(message));
    }

    private static String message(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }
}
