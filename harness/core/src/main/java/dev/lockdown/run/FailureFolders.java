package dev.lockdown.run;

import dev.lockdown.journal.RunFolder;
import dev.lockdown.spec.EvidenceKeeper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A folder for each scenario that failed, within that of the run: `failures/dns-21`.
public record FailureFolders(RunFolder run) implements EvidenceKeeper {
    private static final String ALL = "failures";

    @Override
    public @Nullable String keep(String scenario, Map<String, String> files) {
        if (files.isEmpty()) return null;
        try {
            var name = made(name(scenario));
            for (var file : files.entrySet()) Files.writeString(run.path().resolve(name).resolve(file.getKey()), file.getValue());
            return name;
        } catch (IOException _) {
            // A full disk is told by the journal, which is written right afterwards.
            return null;
        }
    }

    /// The file's own name and the line: `features/chaos/windows.feature:23` is `windows-23`.
    private static String name(String scenario) {
        var file = String.valueOf(Path.of(scenario).getFileName());
        return file.replace(".feature", "").replaceAll("[^a-zA-Z0-9]+", "-");
    }

    private String made(String wanted) throws IOException {
        Files.createDirectories(run.path().resolve(ALL));
        for (int suffix = 1;; suffix++) {
            var name = "%s/%s%s".formatted(ALL, wanted, suffix == 1 ? "" : "-" + suffix);
            try {
                Files.createDirectory(run.path().resolve(name));
                return name;
            } catch (FileAlreadyExistsException _) {
                // One of the same name in another folder of features.
            }
        }
    }
}
