/** What the Kubernetes manifests promise, tested on what kustomize renders. */
@NullMarked
package uk.progressstream.system.k8s;

import org.jspecify.annotations.NullMarked;
