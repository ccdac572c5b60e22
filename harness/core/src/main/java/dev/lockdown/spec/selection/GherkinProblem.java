package dev.lockdown.spec.selection;

import java.net.URI;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// A Gherkin syntax error as `file:line:column: what was found, what was expected`.
public final class GherkinProblem {
    private static final Pattern FILE = Pattern.compile("[Ff]ailed to parse resource at:? (\\S+)");
    private static final Pattern PLACE = Pattern.compile("\\((\\d+):(\\d+)\\): (.*)");

    private GherkinProblem() {}

    static String of(RuntimeException error) {
        var text = String.valueOf(error.getMessage());
        var file = FILE.matcher(text);
        var name = file.find() ? FeaturePaths.of(URI.create(file.group(1))) : "";
        var places = PLACE.matcher(text);
        var lines = new ArrayList<String>();
        while (places.find()) lines.add("%s:%s:%s: %s".formatted(name, places.group(1), places.group(2), places.group(3)));
        if (lines.isEmpty()) return text;
        return String.join("\n", lines)
            + "\n  the words of Gherkin are Feature, Background, Scenario, Scenario Outline, Examples, Given, When, Then, And, But";
    }
}
