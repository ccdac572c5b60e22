package dev.lockdown.pod;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One line: a JSON object whose last member is the CRC-32C (RFC 3720 appendix B.4) of everything before it.
///
/// ```
/// {"session":"5f0c","n":12,"ack":9,"body":{"kind":"token","id":4},"crc":"1a2b3c4d"}
/// ```
///
/// @param session the harness that speaks or is spoken to
/// @param number the line's own, counted from 1 in each direction; 0 for one that is neither acknowledged nor sent again
/// @param acknowledged the number up to which everything of the other direction arrived
record Envelope(String session, long number, long acknowledged, Map<String, @Nullable Object> body) {
    private static final String CHECKSUM = ",\"crc\":\"";
    private static final HexFormat HEX = HexFormat.of();
    private static final int TAIL = CHECKSUM.length() + 10;

    /// The line, without its end.
    String line() {
        var whole = new LinkedHashMap<String, @Nullable Object>();
        whole.put("session", session);
        whole.put("n", number);
        whole.put("ack", acknowledged);
        whole.put("body", body);
        var text = Json.write(whole);
        var open = text.substring(0, text.length() - 1);
        return open + CHECKSUM + checksum(open) + "\"}";
    }

    /// @return null if the line is not whole and as it was sent
    static @Nullable Envelope parse(String line) {
        int end = line.length() - TAIL;
        if (end < 1 || !line.startsWith(CHECKSUM, end) || !line.endsWith("\"}")) return null;
        var open = line.substring(0, end);
        if (!line.regionMatches(end + CHECKSUM.length(), checksum(open), 0, 8)) return null;
        try {
            var fields = new Fields(Json.object(line));
            if (!(fields.members().get("body") instanceof Map<?, ?> map)) return null;
            @SuppressWarnings("unchecked")
            var body = (Map<String, @Nullable Object>) map;
            return new Envelope(fields.text("session"), fields.number("n"), fields.number("ack"), body);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HEX.toHexDigits((int) crc.getValue());
    }
}
