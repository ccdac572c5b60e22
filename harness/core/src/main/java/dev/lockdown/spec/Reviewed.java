package dev.lockdown.spec;

import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.PolicyYaml;
import dev.lockdown.manifest.Resource;
import java.util.ArrayList;

/// Passes a manifest's policies by the session's review.
final class Reviewed {
    private Reviewed() {}

    static Manifest of(Manifest manifest) {
        if (CurrentStep.current().isDry()) return manifest;
        manifest.requireRead(Session.current().acceptUnseen());
        var review = Session.current().review();
        var resources = new ArrayList<Resource>();
        for (var resource : manifest.resources()) {
            switch (resource) {
                case Resource.OfPolicy written -> {
                    var policy = review.review(written, CurrentStep.current().id());
                    if (policy == written.policy()) resources.add(written);
                    else if (policy != null) resources.add(new Resource.OfPolicy(policy, written.at(), PolicyYaml.of(policy)));
                }
                case Resource.OfNamespace _, Resource.OfPod _, Resource.OfService _, Resource.Deletion _ -> resources.add(resource);
            }
        }
        return new Manifest(resources, manifest.notes(), manifest.addresses());
    }
}
