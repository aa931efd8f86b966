using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Sensitivity;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Calibration;

/// <summary>Calibration and recovery work on graphs of every kind; what they cannot look at is left alone, and said so.</summary>
public class AnyGraphTests
{
    private const string Weights = "float[6,8] a = normal 0.4, float[8,4] b = normal 0.4";
    private const string Layers = "p = MatMul (x, a)  r = Relu (p)  q = MatMul (r, b)";

    [Theory]
    [InlineData("two integers of two open sizes", $$"""g (float[N,T,6] x, int64[N,T] ids, int32[M] more) => (float[N,T,4] y, float[M,4] z) <{{Weights}}, float[9,4] e = normal 1> { {{Layers}} k = Gather (e, ids) y = Add (q, k) z = Gather (e, more) }""")]
    [InlineData("a state whose second axis counts samples", $$"""g (float[N,5,6] x, float[1,N,4] h0) => (float[5,N,4] y) <{{Weights}}> { {{Layers}} t = Transpose <perm = [1,0,2]> (q) y = Add (t, h0) }""")]
    [InlineData("a fixed batch", $$"""g (float[3,6] x) => (float[3,4] y) <{{Weights}}> { {{Layers}} y = Identity (q) }""")]
    [InlineData("a sequence that is live while a layer is looked at", $$"""g (float[N,6] x) => (float[N,3] y) <{{Weights}}, float[8,6] c = normal 0.4, float[6,3] d = normal 0.4, int64 two = {2}, int64 zero = {0}, float[2,3] f = normal 1> { {{Layers}} s = SplitToSequence <axis = 1> (q, two) u = MatMul (r, c) v = Relu (u) w = MatMul (v, d) e = SequenceAt (s, zero) h = MatMul (e, f) y = Add (w, h) }""")]
    [InlineData("classes for an output", $$"""g (float[N,6] x) => (int64[N] y) <{{Weights}}> { {{Layers}} y = ArgMax <axis = 1, keepdims = 0> (q) }""")]
    [InlineData("an output without samples", $$"""g (float[N,6] x) => (float[4] y) <{{Weights}}, int64[1] axes = {0}> { {{Layers}} y = ReduceMean <keepdims = 0> (q, axes) }""")]
    [InlineData("an output whose size depends on data", $$"""g (float[N,6] x) => (float[K] y) <{{Weights}}, float zero = {0}> { {{Layers}} c = Greater (q, zero) i = NonZero (c) t = Transpose (i) y = GatherND (q, t) }""")]
    [InlineData("a batch of which nothing is left", $$"""g (float[N,6] x) => (float[N,4] y, float[K,2] z) <{{Weights}}, float much = {1000}, int64[1] axes = {1}, float[6,5] c = normal 1, float[5,2] d = normal 1> { {{Layers}} y = Identity (q) m = ReduceMax <keepdims = 0> (x, axes) g = Greater (m, much) k = Compress <axis = 0> (x, g) l = MatMul (k, c) z = MatMul (l, d) }""")]
    [InlineData("activations that are no numbers", $$"""g (float[N,6] x) => (float[N,4] y, float[N,2] z) <{{Weights}}, float[6,5] c = normal 1, float[5,2] d = normal 1> { {{Layers}} y = Identity (q) u = MatMul (x, c) v = Sqrt (u) z = MatMul (v, d) }""")]
    [InlineData("a sub-graph that reads what is around it", $$"""g (float[N,6] x) => (float[N,4] y) <{{Weights}}, float half = {0.5}> { {{Layers}} n = Shape (x) s = ReduceMax <keepdims = 0> (n) o = CastLike (s, half) c = Greater (o, half) y = If <then_branch = t () => (float[N,4] k) { k = Tanh (q) }, else_branch = e () => (float[N,4] l) { l = Neg (q) }> (c) }""")]
    [InlineData("an older operator set", $$"""<ir_version: 5, opset_import: ["" : 10]> g (float[N,3,6,6] x) => (float[N,4,6,6] y) <float[8,3,1,1] a = normal 0.4, float[4,8,3,3] b = normal 0.4> { p = Conv (x, a) r = Relu (p) y = Conv <pads = [1,1,1,1]> (r, b) }""")]
    public void A_model_is_calibrated_that_has(string what, string text)
    {
        Assert.NotEmpty(what);
        CalibratedPruning.Of(text).AssertSound();
    }

    [Fact]
    public void A_layer_too_wide_for_moments_has_its_groups_judged_by_the_outputs_and_is_named()
    {
        var pruned = CalibratedPruning.Of(
            """
            g (float[N,1,56,56] x) => (float[N,2] y)
            <float[2,1,1,1] a = normal 0.5, float[6272,2] b = normal 0.1>
            { c = Conv (x, a)  r = Relu (c)  f = Flatten (r)  y = MatMul (f, b) }
            """,
            samples: 4).AssertSound();
        Assert.Contains(pruned.Notes, n => n.StartsWith("the inputs of MatMul y could not be measured", StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_that_are_inputs_with_a_default_are_weights()
    {
        var proto = OnnxText.Parse($$"""g (float[N,6] x) => (float[N,4] y) <{{Weights}}> { p = MatMul (x, a) r = Relu (p) y = MatMul (r, b) }""");
        proto.Graph.Input.Add(new ValueInfoProto { Name = "a", Type = new TypeProto { TensorType = new() { ElemType = 1, Shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimValue = 6 }, new TensorShapeProto.Types.Dimension { DimValue = 8 } } } } } });
        CalibratedPruning.Of(new OnnxModel(proto), "channels=60%", 32).AssertSound();
    }

    [Fact]
    public void Values_of_a_sparse_initializer_are_no_activations()
    {
        var proto = OnnxText.Parse($$"""g (float[N,6] x) => (float[N,4] y) <{{Weights}}, float[4] s = {0, 0, 0, 0}> { {{Layers}} y = Add (q, s) }""");
        proto.Graph.Initializer.Remove(proto.Graph.Initializer.Single(t => t.Name == "s"));
        var values = Tensors.Make("s", ElementType.Float, [1], [0.5]);
        proto.Graph.SparseInitializer.Add(new SparseTensorProto { Values = values, Indices = Tensors.Int64s("", [2]), Dims = { 4 } });
        CalibratedPruning.Of(new OnnxModel(proto), "channels=60%", 32).AssertSound();
    }

    [Fact]
    public void A_model_that_runs_on_nothing_made_up_names_the_way_out()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse($$"""g (string[N] s, float[N,6] x) => (float[N,4] y, string[N] z) <{{Weights}}> { {{Layers}} y = Identity (q) z = Identity (s) }""")));
        var failure = Assert.Throws<OnnxPruneException>(() => CalibrationSet.Synthetic(analysis, 8, 0));
        Assert.Equal(ErrorCodes.InvalidData, failure.Code);
        Assert.Contains("--calibration none", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_samples_make_a_small_batch()
    {
        var analysis = ModelAnalysis.Run(new OnnxModel(OnnxText.Parse($$"""g (float[N,6] x) => (float[N,4] q) <{{Weights}}> { {{Layers}} }""")));
        var set = CalibrationSet.Synthetic(analysis, 5, 0);
        Assert.Equal([5, 6], Assert.Single(set.Batches)["x"].Dims);
        Assert.Equal(5, set.Samples);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4 }, 4, 0)]
    [InlineData(new double[] { 2.5, 2.5, 2.5, 2.5 }, 4, 1)]
    [InlineData(new double[] { 2.5, 2.5, 2.5, 2.5 }, 1, 1)]
    [InlineData(new double[] { 1, 2 }, 2, 1)]
    [InlineData(new[] { 1, 2, 3, double.NaN }, 4, 1e6)]
    public void An_output_is_compared_with_the_mean_of_the_reference(double[] other, int rows, double expected)
    {
        static HostTensor Tensor(long rows, double[] values) => HostTensor.Of(TensorElementType.Float, [rows, values.Length / rows], values);
        var distance = new OutputDistance([[Tensor(rows == 1 ? 1 : 4, [1, 2, 3, 4])]]);
        Assert.Equal(expected, distance.Of([[Tensor(rows, other)]]), 1e-6);
        Assert.True(distance.Distinguishes);
    }

    [Fact]
    public void Reference_elements_that_are_no_numbers_say_nothing()
    {
        static HostTensor Tensor(params double[] values) => HostTensor.Of(TensorElementType.Float, [values.Length], values);
        var distance = new OutputDistance([[Tensor(1, 3, double.NaN, double.NegativeInfinity)]]);
        Assert.Equal(1, distance.Of([[Tensor(2, 2, 7, 7)]]), 1e-6);
    }
}
