package dev.lockdown.history;

/// Letters, each followed by how many times it stands there where that is more than once.
final class RunLength {
    private final StringBuilder text = new StringBuilder();
    private char last;
    private int times;

    void add(char letter) {
        if (letter == last) {
            times++;
            return;
        }
        end();
        last = letter;
        times = 1;
    }

    private void end() {
        if (times > 0) text.append(last);
        if (times > 1) text.append(times);
        times = 0;
    }

    String text() {
        end();
        last = 0;
        return text.toString();
    }

    /// @throws IllegalArgumentException if the text stands for more letters or fewer
    static String letters(String text, int length) {
        var letters = new StringBuilder(Math.min(length, 1 << 20));
        for (int at = 0; at < text.length();) {
            char letter = text.charAt(at++);
            int begin = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) at++;
            long times = begin == at ? 1 : Long.parseLong(text.substring(begin, Math.min(at, begin + 10)));
            if (letters.length() + times > length) throw misfit(length);
            letters.repeat(letter, (int) times);
        }
        if (letters.length() != length) throw misfit(length);
        return letters.toString();
    }

    private static IllegalArgumentException misfit(int length) {
        return new IllegalArgumentException("the verdicts are not of the %s flows that were asked about".formatted(length));
    }
}
