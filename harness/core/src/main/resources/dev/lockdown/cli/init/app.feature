Feature: My application under its policies

  Background:
    Given the manifests in "app.yaml"

  Scenario: Without policies everybody reaches everybody
    Then "shop/web-1" can reach service "shop/api" on TCP/80
    And "shop/api-1" can reach "shop/web-1" on TCP/8080

  Scenario: Under them web still reaches api, and nothing else works
    When "policies.yaml" is applied to "shop"
    Then "shop/web-1" can resolve api.shop.svc.cluster.local
    And "shop/web-1" can reach service "shop/api" on TCP/80
    And "shop/api-1" cannot reach "shop/web-1" on TCP/8080
    And "shop/web-1" cannot reach the Kubernetes API on TCP/443
    And every flow is as the policies say
