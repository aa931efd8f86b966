using OnnxPrune.Runtime.Tests.Patterns;

namespace OnnxPrune.Runtime.Tests.SubGraphs;

/// <summary>Model-local functions: what they compute is pruned as if it stood in the graph.</summary>
public class FunctionTests
{
    [Fact]
    public void Nested_functions_with_attributes_are_pruned_through() => Pattern.Holds(
        """
        <ir_version: 10, opset_import: ["" : 21, "local" : 1]>
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[8] ab = normal 0.1, float[6,8,3,3] b = normal 0.3, float[6] bb = normal 0.1, float[4,6,1,1] c = normal 0.4>
        { p = local.Block <slope = 0.1> (x, a, ab)  q = local.Block (p, b, bb)  y = Conv (q, c) }
        <domain: "local", opset_import: ["" : 21, "local" : 1]>
        Block <slope: float = 0.3> (u, w, v) => (t) { r = Conv <pads = [1,1,1,1]> (u, w, v)  t = local.Activate <alpha: float = @slope> (r) }
        <domain: "local", opset_import: ["" : 21]>
        Activate <alpha> (p) => (q) { n = LeakyRelu <alpha: float = @alpha> (p)  s = Sigmoid (p)  q = Mul (n, s) }
        """,
        "8: a[0] ab[0] b[1]",
        "6: b[0] bb[0] c[1]");

    [Fact]
    public void A_function_called_twice_with_the_same_weights_is_cut_once() => Pattern.Holds(
        """
        <ir_version: 10, opset_import: ["" : 21, "local" : 1]>
        g (float[N,6,5] left, float[N,6,5] right) => (float[N,6,4] y)
        <float[5,10] up = normal 0.4, float[10,8] down = normal 0.4, float[8,4] head = normal 0.4>
        { l = local.FeedForward (left, up, down)  r = local.FeedForward (right, up, down)  d = Sub (l, r)  y = MatMul (d, head) }
        <domain: "local", opset_import: ["" : 21]>
        FeedForward (x, u, d) => (y) { p = MatMul (x, u)  q = Gelu (p)  y = MatMul (q, d) }
        """,
        "10: up[1] down[0]",
        "8: down[1] head[0]");

    [Fact]
    public void A_function_with_constants_a_missing_input_and_an_unused_output_is_pruned_through() => Pattern.Holds(
        """
        <ir_version: 10, opset_import: ["" : 21, "local" : 1]>
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[4,8,1,1] c = normal 0.4>
        { p, unused = local.Gate (x, a, )  y = Conv (p, c) }
        <domain: "local", opset_import: ["" : 21]>
        Gate (u, w, bias) => (t, other) {
            low = Constant <value = float {0.0}> ()  high = Constant <value = float {6.0}> ()
            r = Conv <pads = [1,1,1,1]> (u, w, bias)  t = Clip (r, low, high)  other = Neg (r)
        }
        """,
        "8: a[0] c[1]");

    [Fact]
    public void An_If_in_a_function_is_pruned() => Pattern.Holds(
        """
        <ir_version: 10, opset_import: ["" : 21, "local" : 1]>
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[6,8,1,1] b = normal 0.4, float[7,6,1,1] c = normal 0.4, float[4,7,1,1] d = normal 0.4, float zero = {0}>
        { p = local.Choose (x, a, b, zero)  q = Conv (p, c)  r = Relu (q)  y = Conv (r, d) }
        <domain: "local", opset_import: ["" : 21]>
        Choose (u, v, w, zero) => (t) {
            total = ReduceSum <keepdims = 0> (u)  cond = Greater (total, zero)  h = Conv <pads = [1,1,1,1]> (u, v)  r = Conv (h, w)
            t = If <then_branch = then () => (t1) { k = Neg (r)  t1 = Sigmoid (k) }, else_branch = else () => (t2) { t2 = Tanh (r) }> (cond)
        }
        """,
        "8: a[0] b[1]",
        "6: b[0] c[1]",
        "7: c[0] d[1]");

    [Fact]
    public void A_function_called_in_a_body_stays_a_call() => Pattern.Holds(
        """
        <ir_version: 10, opset_import: ["" : 21, "local" : 1]>
        g (float[N,3,6,6] x) => (float[N,4,6,6] y)
        <float[8,3,3,3] a = normal 0.3, float[6,8,1,1] b = normal 0.4, float[7,6,1,1] c = normal 0.4, float[4,7,1,1] d = normal 0.4, float zero = {0}>
        {
            total = ReduceSum <keepdims = 0> (x)  cond = Greater (total, zero)
            h = Conv <pads = [1,1,1,1]> (x, a)  r = Conv (h, b)
            p = If <then_branch = then () => (t1) { t1 = local.Swish (r) }, else_branch = else () => (t2) { t2 = Tanh (r) }> (cond)
            q = Conv (p, c)  s = local.Swish (q)  y = Conv (s, d)
        }
        <domain: "local", opset_import: ["" : 21]>
        Swish (x) => (y) { s = Sigmoid (x)  y = Mul (x, s) }
        """,
        "8: a[0] b[1]",
        "7: c[0] d[1]");
}
