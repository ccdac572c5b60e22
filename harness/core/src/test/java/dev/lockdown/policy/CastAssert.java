package dev.lockdown.policy;

import dev.lockdown.flow.Flow;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/// What a made-up cluster's policies demand, asked in the domain's words. Each question also checks that the fast and the explaining way
/// give the same answer.
final class CastAssert extends AbstractAssert<CastAssert, Cast> {
    private CastAssert(Cast cast) {
        super(cast, CastAssert.class);
    }

    static CastAssert assertThat(Cast cast) {
        return new CastAssert(cast);
    }

    CastAssert allows(String source, String destination, String port) {
        return demands(Expectation.Allowed.class, Cast.flow(source, destination, port));
    }

    CastAssert allowsOverIpv6(String source, String destination, String port) {
        return demands(Expectation.Allowed.class, Cast.flow6(source, destination, port));
    }

    CastAssert denies(String source, String destination, String port) {
        return demands(Expectation.Denied.class, Cast.flow(source, destination, port));
    }

    CastAssert deniesOverIpv6(String source, String destination, String port) {
        return demands(Expectation.Denied.class, Cast.flow6(source, destination, port));
    }

    CastAssert splits(String source, String destination, String port) {
        return demands(Expectation.Split.class, Cast.flow(source, destination, port));
    }

    CastAssert leavesOpen(OpenQuestion question, String source, String destination, String port) {
        var flow = Cast.flow(source, destination, port);
        demands(Expectation.Unspecified.class, flow);
        var expectation = actual.oracle().expect(flow);
        Assertions.assertThat(expectation.because().getFirst()).as(flow.toString()).contains(question.sentence());
        Assertions.assertThat(((Expectation.Unspecified) expectation).reference()).isEqualTo(question.reference());
        return this;
    }

    private CastAssert demands(Class<? extends Expectation> wanted, Flow flow) {
        isNotNull();
        var oracle = actual.oracle();
        var expectation = oracle.expect(flow);
        Assertions.assertThat(expectation).as("%s, because %s", flow, expectation.because()).isInstanceOf(wanted);
        Assertions.assertThat(oracle.explain(flow).expectation()).as("explained: " + flow).isEqualTo(expectation);
        return this;
    }
}
