@conformance @default-deny
Feature: Default-deny puts a namespace into solitary confinement

  A policy with an empty podSelector and no rules isolates every pod of its namespace in the directions that it names,
  and nothing outside it.

  Background:
    Given the pods
      | pod             | labels         | serves             | node   |
      | shop/web        | app=web        | TCP/8080           | node-2 |
      | shop/api        | app=api        | TCP/8080, UDP/5353 | node-1 |
      | monitoring/prom | app=prometheus | TCP/9090           | node-1 |
      | monitoring/log  | app=log        | TCP/9090           | node-2 |

  # e2e 1: should support a 'default-deny-ingress' policy
  @catches:ignores-ingress @catches:empty-pod-selector-selects-none
  Scenario: Denying all ingress shuts the way in, not the way out
    When "fixtures/policies/default-deny-ingress.yaml" is applied to "shop"
    Then exactly these flows broke
      | from                 | to                  | ports      |
      | every pod of shop    | every pod of shop   | every port |
      | monitoring/prom      | every pod of shop   | every port |
      | monitoring/log       | every pod of shop   | every port |

  # e2e 26: should deny egress from all pods in a namespace
  @catches:ignores-egress
  Scenario: Denying all egress shuts the way out, not the way in
    When "fixtures/policies/default-deny-egress.yaml" is applied to "shop"
    Then exactly these flows broke
      | from              | to                          | ports             |
      | every pod of shop | every pod                   | every port        |
      | every pod of shop | service kube-system/kube-dns | UDP/53 and TCP/53 |
      | every pod of shop | the Kubernetes API          | TCP/443           |
    And "monitoring/prom" can still reach every pod of "shop" on every port

  # e2e 2: should support a 'default-deny-all' policy
  @catches:one-node-enforces-nothing @catches:same-node-bypasses-policy
  Scenario: Both together are solitary confinement of the namespace and nothing outside it
    When "fixtures/policies/default-deny-ingress.yaml" is applied to "shop"
    And "fixtures/policies/default-deny-egress.yaml" is applied to "shop"
    Then on TCP/9090 the truth table is
      |                 | monitoring/prom | monitoring/log |
      | shop/web        | blocked         | blocked        |
      | shop/api        | blocked         | blocked        |
      | monitoring/prom | -               | open           |
      | monitoring/log  | open            | -              |
    And on TCP/8080 the truth table is
      |                 | shop/web | shop/api |
      | shop/web        | -        | blocked  |
      | shop/api        | blocked  | -        |
      | monitoring/prom | blocked  | blocked  |
      | monitoring/log  | blocked  | blocked  |
    And "monitoring/prom" can still reach the Kubernetes API on TCP/443
    And "monitoring/prom" can resolve kubernetes.default.svc.cluster.local

  @catches:own-node-denied @catches:own-address-denied
  Scenario: An isolated pod still reaches itself, and its node's kubelet still reaches it
    When "shop" denies all ingress and egress
    Then "shop/web" can still reach "shop/web" on TCP/8080
    And "shop/api" can still reach "shop/api" on TCP/8080 and UDP/5353
    And the node of "shop/web" can still reach "shop/web" on TCP/8080
    And the node of "shop/api" can still reach "shop/api" on TCP/8080

  @catches:policy-deletion-unnoticed
  Scenario: Deleting the policies heals everything
    Given "shop" denies all ingress and egress
    And "monitoring/prom" cannot reach "shop/web" on TCP/8080
    When policy "deny-all" is deleted from "shop"
    Then "monitoring/prom" can again reach "shop/web" on TCP/8080
    And nothing broke
