@conformance @services
Feature: Policies see through Services

  A policy selects pods, and a Service is a way to them: by its own address, by its pods' names, or by a port of every node.

  Background:
    Given the pods
      | pod     | labels           | serves             | node   |
      | shop/a  | app=api, pod=a   | http=TCP/8080      | node-1 |
      | shop/b  | app=api, pod=b   | http=TCP/9090      | node-2 |
      | shop/w  | app=web          | TCP/8080           | node-2 |
      | other/c | app=client       | TCP/8080           | node-1 |
      | other/d | app=client       | TCP/8080           | node-2 |
    And the external hosts
      | host         | serves  |
      | user.example | TCP/443 |
    And the services
      | service      | selects | serves                   | type     |
      | shop/api     | app=api | TCP/80 -> http           |          |
      | shop/web     | app=web | TCP/80 -> 8080           |          |
      | shop/pods    | app=web | TCP/8080                 | headless |
      | shop/door    | app=api | TCP/80 -> http at 30080  | NodePort |
      | shop/webdoor | app=web | TCP/80 -> 8080 at 30081  | NodePort |

  Scenario: Without policies every way leads to the pods
    Then every pod can reach service "shop/api" on TCP/80
    And every pod can reach service "shop/pods" on TCP/8080
    And every flow is as the policies say

  Scenario: A backend that may not be spoken to is not reached through its Service
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web-hears-nobody}
      spec:
        podSelector: {matchLabels: {app: web}}
        policyTypes: [Ingress]
      """
    Then every pod of "other" can no longer reach service "shop/web" on TCP/80
    And every pod of "other" can no longer reach service "shop/pods" on TCP/8080
    And every flow is as the policies say

  Scenario: The port of a rule is the pod's and not the Service's
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: service-port}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress: [{ports: [{port: 80}]}]
      """
    Then "other/c" can no longer reach service "shop/web" on TCP/80
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: pod-port}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress: [{ports: [{port: 8080}]}]
      """
    Then "other/c" can again reach service "shop/web" on TCP/80
    And every flow is as the policies say

  @named-port
  Scenario: A named port opens every backend on its own number
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: by-name}
      spec:
        podSelector: {matchLabels: {app: api}}
        ingress: [{ports: [{port: http}]}]
      """
    Then every pod can reach service "shop/api" on TCP/80
    And every flow is as the policies say

  @mixed
  Scenario: Where one of two backends is blocked, a Service is open now and then
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: a-hears-nobody}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Ingress]
      """
    Then on TCP/80 the truth table is
      |         | service shop/api | service shop/web |
      | other/c | mixed            | open             |
      | other/d | mixed            | open             |
      | shop/w  | mixed            | -                |
    And every flow is as the policies say

  @mixed
  Scenario: Where a client may speak to one of two backends alone, a Service is open now and then
    When this policy is applied to "other"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: only-to-b}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress: [{to: [{namespaceSelector: {}, podSelector: {matchLabels: {pod: b}}}]}]
      """
    Then on TCP/80 the truth table is
      |         | service shop/api | service shop/web |
      | other/c | mixed            | blocked          |
      | shop/w  | open             | -                |
    And every flow is as the policies say

  @nodeport
  Scenario: Every node's port leads to the pods, from inside and from outside
    Then on TCP/30080 the truth table is
      |                   | node node-1 | node node-2 |
      | other/c           | open        | open        |
      | other/d           | open        | open        |
      | host user.example | open        | open        |
    And every flow is as the policies say

  @nodeport
  Scenario: A pod that hears nobody is reached through no node's port from another node or from outside
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web-hears-nobody}
      spec:
        podSelector: {matchLabels: {app: web}}
        policyTypes: [Ingress]
      """
    Then on TCP/30081 the truth table is
      |                   | node node-1 |
      | host user.example | blocked     |
      | other/c           | blocked     |
      | other/d           | blocked     |
    And on TCP/30080 the truth table is
      |                   | node node-1 | node node-2 |
      | host user.example | open        | open        |
      | other/c           | open        | open        |
    And every flow is as the policies say

  @nodeport
  Scenario: A pod that hears everybody on a port is reached through every node's port
    Given "shop" denies all ingress
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: everybody-on-8080}
      spec:
        podSelector: {matchLabels: {app: web}}
        ingress: [{ports: [{port: 8080}]}]
      """
    Then on TCP/30081 the truth table is
      |                   | node node-1 | node node-2 |
      | host user.example | open        | open        |
      | other/c           | open        | open        |
    And host "user.example" cannot reach "shop/a" on TCP/8080
    And every flow is as the policies say

  Scenario: A pod reaches itself through its Service while no policy isolates it
    Then "shop/w" can reach service "shop/web" on TCP/80
    And "shop/w" can reach service "shop/pods" on TCP/8080
