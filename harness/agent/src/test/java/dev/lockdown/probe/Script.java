package dev.lockdown.probe;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server that answers a line of [Wire] with whatever the test wants, one answer after another and the last one for ever.
final class Script implements Responder {
    private final Deque<Answer> answers;

    private Script(List<Answer> answers) {
        this.answers = new ArrayDeque<>(answers);
    }

    /// From the nonce of the question to the answer, or null for none.
    interface Answer {
        @Nullable String to(String nonce);
    }

    static Script of(Answer... answers) {
        return new Script(List.of(answers));
    }

    @Override
    public boolean complete(ByteBuffer received) {
        return Wire.lineEnd(received) >= 0;
    }

    @Override
    public @Nullable ByteBuffer answer(ByteBuffer question, InetSocketAddress peer) {
        var nonce = Wire.words(question, Wire.lineEnd(question))[0];
        question.position(question.limit());
        var next = answers.size() > 1 ? answers.remove() : answers.element();
        var answer = next.to(nonce);
        return answer == null ? null : ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII));
    }
}
