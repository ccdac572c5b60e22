package dev.lockdown.suite;

import dev.lockdown.check.CheckText;
import dev.lockdown.check.FeaturesCheck;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.spec.selection.FeaturePaths;
import dev.lockdown.state.InputException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoveryIssue.Severity;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClasspathResourceSource;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/// Tells every mistake of every feature where Cucumber cannot read one of them: then it does not begin, and says the first mistake alone.
/// JUnit fails the build; it finds this listener by `META-INF/services`.
public final class UnreadableFeatures implements LauncherDiscoveryListener {
    private final TreeSet<Path> folders = new TreeSet<>();
    private final Consumer<String> tell;

    public UnreadableFeatures() {
        this(System.err::println);
    }

    UnreadableFeatures(Consumer<String> tell) {
        this.tell = tell;
    }

    @Override
    public void issueEncountered(UniqueId engineId, DiscoveryIssue issue) {
        if (issue.severity() == Severity.ERROR)
            issue.source().flatMap(UnreadableFeatures::feature).ifPresent(f -> folders.add(f.getParent()));
    }

    private static Optional<Path> feature(TestSource source) {
        var path = switch (source) {
            case ClasspathResourceSource s -> Path.of(FeaturePaths.of(URI.create("classpath:" + s.getClasspathResourceName())));
            case FileSource s -> Path.of(FeaturePaths.of(s.getFile().toURI()));
            default -> Path.of("");
        };
        return path.toString().endsWith(".feature") && Files.exists(path) ? Optional.of(path.toAbsolutePath()) : Optional.empty();
    }

    @Override
    public void launcherDiscoveryFinished(LauncherDiscoveryRequest request) {
        // Which scenarios are meant nobody can say, so everything is told that stands beside.
        var words = folders.stream().map(f -> FeaturePaths.of(f.toUri())).toList();
        folders.clear();
        if (!words.isEmpty()) tell(words);
    }

    private void tell(List<String> words) {
        try {
            var mistakes = FeaturesCheck.of(words, false).mistakes(Grade.WRONG);
            if (!mistakes.isEmpty()) tell.accept(CheckText.refusal(mistakes));
        } catch (InputException e) {
            tell.accept(String.valueOf(e.getMessage()));
        }
    }
}
