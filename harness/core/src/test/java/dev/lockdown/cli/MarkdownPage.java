package dev.lockdown.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a test asks of a page in Markdown: its fenced blocks, links, headings and short pieces of code.
record MarkdownPage(Path file, String text) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]\\n]*(?:\\n[^\\]\\n]*)?\\]\\(([^)\\s]+)\\)");
    private static final Pattern NAMED = Pattern.compile("(?m)^ *(.*)`([\\w./-]+)`:\\s*\\z");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    /// @param line the number of its first line in the page
    /// @param name of the file that it shows, which the line before it ends with (`shop.feature`:); else empty
    /// @param appends whether it is put behind what the file has (Add to `shop.feature`:)
    record Block(int line, String language, String name, boolean appends, String text) {}

    @Override
    public String toString() {
        return file.getParent().getFileName() + "/" + file.getFileName();
    }

    static MarkdownPage read(Path file) throws IOException {
        return new MarkdownPage(file, Files.readString(file));
    }

    List<Block> blocks() {
        return FENCE.matcher(text).results().map(this::block).toList();
    }

    List<Block> blocks(String... languages) {
        return blocks().stream().filter(b -> List.of(languages).contains(b.language())).toList();
    }

    private Block block(MatchResult fence) {
        var before = text.substring(0, fence.start());
        var named = NAMED.matcher(before);
        return new Block((int) before.lines().count() + 2, fence.group(2), named.find() ? named.group(2) : "",
            named.hasMatch() && named.group(1).endsWith("Add to "), fence.group(3).indent(-fence.group(1).length()));
    }

    /// Addresses of links and pictures, as they are written.
    List<String> links() {
        return LINK.matcher(prose()).results().map(m -> m.group(1)).toList();
    }

    /// Short pieces of code in sentences and tables.
    List<String> code() {
        return CODE.matcher(prose()).results().map(m -> m.group(1).replace("\\|", "|")).toList();
    }

    /// The names by which links lead to its headings, as code hosts make them.
    List<String> anchors() {
        var anchors = new ArrayList<String>();
        HEADING.matcher(prose()).results().map(m -> m.group(1).strip().toLowerCase(Locale.ROOT))
            .map(h -> h.replaceAll("[^\\w\\- ]", "").replace(' ', '-')).forEach(anchors::add);
        return anchors;
    }

    /// Without its blocks, whether fenced or indented.
    private String prose() {
        return withoutFences().replaceAll("(?m)^ {4,}.*$", "");
    }

    String withoutFences() {
        return FENCE.matcher(text).replaceAll("");
    }

    /// What is below a folder, in a fixed order.
    static List<MarkdownPage> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            var pages = new ArrayList<MarkdownPage>();
            for (var file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) pages.add(read(file));
            return pages;
        }
    }
}
