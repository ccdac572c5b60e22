package dev.lockdown.check;

import dev.lockdown.cluster.CniNames;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.spec.selection.FeaturePaths;
import dev.lockdown.spec.GlueSteps;
import dev.lockdown.spec.selection.TagChoice;
import dev.lockdown.state.InputException;
import dev.lockdown.state.OutsideText;
import dev.lockdown.trial.RoundSize;
import io.cucumber.messages.types.Pickle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Tells what cannot be used in features, and in what they use, without a cluster: every mistake of every file.
///
/// ```java
/// var check = new FeatureCheck(true);
/// var checked = check.of(Path.of("features/dns.feature"), _ -> true);
/// checked.mistakes().forEach(…);
/// ```
/// May be used by several threads.
public final class FeatureCheck {
    private final GlueSteps glue = GlueSteps.load();
    private final StepRepair repair = new StepRepair(glue);
    private final boolean nodesAreKnown;
    private final Supplier<CniNames> cniNames;

    /// @param nodesAreKnown whether the cluster's nodes are called `node-1` and so on, as ours are; else any name may be one
    /// @param cniNames the network plugins that can be had by name
    public FeatureCheck(boolean nodesAreKnown, Supplier<CniNames> cniNames) {
        this.nodesAreKnown = nodesAreKnown;
        this.cniNames = cniNames;
    }

    /// The same where any name may be that of a network plugin.
    public FeatureCheck(boolean nodesAreKnown) {
        this(nodesAreKnown, () -> CniNames.UNKNOWN);
    }

    /// A feature that was looked at.
    ///
    /// @param file as people write it
    public record Checked(String file, List<Scenario> scenarios, List<Mistake> mistakes) {
        public Checked {
            scenarios = List.copyOf(scenarios);
            mistakes = List.copyOf(mistakes);
        }
    }

    /// A scenario that would run.
    ///
    /// @param place `path:line`
    /// @param requirements what it asks of its cluster
    public record Scenario(String place, String name, List<String> tags, RoundSize size, Requirements requirements) {
        public Scenario {
            tags = List.copyOf(tags);
        }
    }

    /// The features that words name, in the order in which they run; tags name none, and narrow them.
    ///
    /// @throws InputException if one is not there
    public static List<Path> files(List<String> words) {
        var named = words.stream().filter(w -> !TagChoice.isTag(w)).map(w -> w.replaceAll("(:[0-9]+)+$", "")).distinct().toList();
        var files = new LinkedHashSet<Path>();
        for (var word : named.isEmpty() ? List.of("features") : named) files.addAll(files(word));
        return List.copyOf(files);
    }

    private static List<Path> files(String word) {
        var path = Path.of(word);
        if (!Files.exists(path)) throw new InputException("""
            there is no feature or folder "%s" here (%s)
              expected: FEATURE[:LINE], a folder, or a @tag""".formatted(OutsideText.inOneLine(word), Path.of("").toAbsolutePath()));
        if (!Files.isDirectory(path)) return List.of(path.normalize());
        try (var inside = Files.walk(path)) {
            var found =
                inside.filter(f -> f.toString().endsWith(".feature") && Files.isRegularFile(f)).map(Path::normalize).sorted().toList();
            if (found.isEmpty())
                throw new InputException(
                    "there is no feature in the folder \"%s\"; expected files named *.feature".formatted(OutsideText.inOneLine(word)));
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw new InputException("the folder \"%s\" cannot be read: %s".formatted(OutsideText.inOneLine(word), e));
        }
    }

    /// Whether words select single scenarios of the features that they name.
    public static boolean narrows(List<String> words) {
        return words.stream().anyMatch(w -> TagChoice.isTag(w) || w.matches("(?s).*:[0-9]+"));
    }

    /// Check some scenarios of a feature.
    ///
    /// @param selected whether a scenario is meant, by its place
    public Checked of(Path path, Predicate<String> selected) {
        return of(path, selected, false);
    }

    /// Check all of a feature.
    public Checked whole(Path path) {
        return of(path, _ -> true, true);
    }

    private Checked of(Path path, Predicate<String> selected, boolean whole) {
        var file = FeaturePaths.of(path.toAbsolutePath().normalize().toUri());
        String text;
        try {
            text = Files.readString(path, StandardCharsets.UTF_8);
        } catch (CharacterCodingException _) {
            return wrong(file, "is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            return wrong(file, "cannot be read: " + e);
        }
        if (text.isBlank()) return wrong(file, "is empty; a feature begins with \"Feature: …\"");
        var reading = new FeatureReading(new FeatureLines(file, text.lines().toList()));
        var tree = reading.read(glue);
        var mistakes = new ArrayList<>(reading.mistakes());
        var scenarios = new ArrayList<Scenario>();
        tree.ifPresent(t -> {
            Set<List<Object>> told = new HashSet<>();
            var pickles = t.pickles().stream().filter(p -> selected.test(place(file, t, p))).toList();
            mistakes.addAll(new FeatureLint(t).mistakes(pickles, whole));
            for (var pickle : pickles) {
                var place = place(file, t, pickle);
                var dry = new DryScenario(t, glue, repair, pickle, nodesAreKnown, cniNames, m -> {
                    if (told.add(List.of(m.file(), m.line(), m.column(), m.problem()))) mistakes.add(m);
                });
                var played = dry.run();
                scenarios.add(new Scenario(place, pickle.getName(), t.tags(pickle), played.size(), played.requirements()));
            }
        });
        mistakes.sort(Comparator.comparing(Mistake::line).thenComparing(Mistake::column));
        return new Checked(file, scenarios, mistakes);
    }

    private static String place(String file, FeatureTree tree, Pickle pickle) {
        return file + ":" + tree.line(pickle);
    }

    private static Checked wrong(String file, String problem) {
        return new Checked(file, List.of(), List.of(Mistake.wholeFile(Mistake.Grade.WRONG, file, problem, List.of())));
    }
}
