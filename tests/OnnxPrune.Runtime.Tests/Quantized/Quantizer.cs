using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using static Onnx.TensorProto.Types;
using Attribute = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.Quantized;

/// <summary>The two forms in which quantised models are written.</summary>
public enum QuantizedForm
{
    /// <summary>Float operators between pairs of QuantizeLinear and DequantizeLinear.</summary>
    Pairs,

    /// <summary>QLinearConv and QLinearMatMul on integers; what has no such form stays between pairs.</summary>
    Linear,
}

/// <summary>
/// Quantises a float model as static post-training quantisation does: every activation to uint8, weights of convolutions and matrix
/// products to int8 per channel, their biases to int32. Ranges come from one run on random inputs.
/// </summary>
internal sealed class Quantizer
{
    private readonly GraphProto graph;
    private readonly GraphProto result = new() { Name = "quantized" };
    private readonly Dictionary<string, (double Scale, double Zero)> ranges;
    private readonly Dictionary<string, TensorProto> initializers;
    private readonly QuantizedForm form;
    private readonly HashSet<string> captured;

    private Quantizer(ModelProto model, Dictionary<string, (double Scale, double Zero)> ranges, QuantizedForm form)
    {
        graph = model.Graph;
        this.ranges = ranges;
        this.form = form;
        captured = graph.Node.SelectMany(Model.SubGraphs.Captures).ToHashSet(StringComparer.Ordinal);
        initializers = graph.Initializer.ToDictionary(t => t.Name);
    }

    public static OnnxModel Quantize(OnnxModel model, QuantizedForm form)
    {
        var normalized = Normalizer.Normalize(model.Proto);
        var quantizer = new Quantizer(normalized, Ranges(normalized), form);
        quantizer.Run();
        var proto = normalized.Clone();
        proto.Graph = quantizer.result;
        proto.IrVersion = 8;
        foreach (var opset in proto.OpsetImport) opset.Version = Math.Max(opset.Version, 13);
        return new OnnxModel(proto);
    }

    // The smallest and largest element of every activation, as scale and zero point of uint8.
    private static Dictionary<string, (double Scale, double Zero)> Ranges(ModelProto normalized)
    {
        var probe = normalized.Clone();
        probe.Graph.Output.Clear();
        foreach (string name in probe.Graph.Node.SelectMany(n => n.Output)) probe.Graph.Output.Add(new ValueInfoProto { Name = name });
        var inputs = InputGenerator.Create(ModelAnalysis.Run(new OnnxModel(normalized)), 0, 11);
        using var session = ModelSession.Load(new OnnxModel(probe), ExecutionProvider.Cpu);
        var values = session.Outputs.Zip(session.Run(inputs)).Concat(inputs.Select(i => (i.Key, i.Value)));
        return values
            .Where(v => v.Item2.Type == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float && v.Item2.Dims.Length > 1 && v.Item2.Count > 0)
            .ToDictionary(v => v.Item1, v => Range(v.Item2.ToDoubles()));
    }

    private static (double Scale, double Zero) Range(double[] values)
    {
        double low = Math.Min(0, values.Min()), high = Math.Max(0, values.Max());
        double scale = Math.Max(high - low, 1e-6) / 255;
        return ((float)scale, Math.Round(-low / scale));
    }

    private void Run()
    {
        result.Input.AddRange(graph.Input);
        result.Output.AddRange(graph.Output);
        foreach (string input in graph.Input.Select(i => i.Name)) QuantizeActivation(input, input);
        foreach (var node in graph.Node) Add(node);
        var read = result.Node.SelectMany(n => n.Input).Concat(captured).ToHashSet();
        result.Initializer.AddRange(graph.Initializer.Where(t => read.Contains(t.Name)));
    }

    private void Add(NodeProto node)
    {
        bool layer = node.OpType is "Conv" or "MatMul" && node.Input.Skip(1).All(initializers.ContainsKey) && ranges.ContainsKey(node.Input[0])
            && (node.OpType == "Conv" || initializers[node.Input[1]].Dims.Count == 2);
        if (layer && form == QuantizedForm.Linear) AddLinear(node);
        else AddBetweenPairs(node, layer);
    }

    private void AddBetweenPairs(NodeProto node, bool layer)
    {
        var copy = node.Clone();
        for (int i = 0; i < copy.Input.Count; i++)
        {
            string name = copy.Input[i];
            if (ranges.ContainsKey(name)) copy.Input[i] = Dequantize(Quantized(name), Parameter(name, ".scale"), Parameter(name, ".zero"));
        }
        if (layer)
        {
            var (weight, scales) = Weight(node);
            int axis = node.OpType == "Conv" ? 0 : 1;
            copy.Input[1] = Dequantize(weight, scales, weight + ".zeros", axis);
            if (node.Input.Count > 2) copy.Input[2] = Dequantize(Bias(node, scales), node.Output[0] + ".bias.scale", null, axis: 0);
        }
        result.Node.Add(copy);
        for (int i = 0; i < copy.Output.Count; i++)
        {
            string name = copy.Output[i];
            if (!ranges.ContainsKey(name)) continue;
            if (IsOutput(name)) ranges.Remove(name);
            else QuantizeActivation(copy.Output[i] += ".float", name);
        }
    }

    private void AddLinear(NodeProto node)
    {
        var (weight, scales) = Weight(node);
        string x = node.Input[0], y = node.Output[0];
        Constants(y);
        var linear = new NodeProto { OpType = "QLinear" + node.OpType, Name = node.Name, Output = { Quantized(y) }, Attribute = { node.Attribute } };
        linear.Input.Add([Quantized(x), Parameter(x, ".scale"), Parameter(x, ".zero"), weight, scales, weight + ".zeros", y + ".scale", y + ".zero"]);
        if (node.Input.Count > 2) linear.Input.Add(Bias(node, scales));
        result.Node.Add(linear);
        if (IsOutput(y) || captured.Contains(y))
            result.Node.Add(new NodeProto { OpType = "DequantizeLinear", Input = { Quantized(y), y + ".scale", y + ".zero" }, Output = { y } });
    }

    private bool IsOutput(string name) => graph.Output.Any(o => o.Name == name);

    private static string Quantized(string name) => name + ".quantized";

    private static string Parameter(string name, string what) => name + what;

    private void QuantizeActivation(string value, string name)
    {
        if (!ranges.ContainsKey(name)) return;
        Constants(name);
        result.Node.Add(
            new NodeProto { OpType = "QuantizeLinear", Input = { value, name + ".scale", name + ".zero" }, Output = { Quantized(name) } });
        if (value != name && captured.Contains(name))
            result.Node.Add(
                new NodeProto { OpType = "DequantizeLinear", Input = { Quantized(name), name + ".scale", name + ".zero" }, Output = { name } });
    }

    private void Constants(string name)
    {
        Initializer(name + ".scale", ElementType.Float, [], ranges[name].Scale);
        Initializer(name + ".zero", ElementType.Uint8, [], ranges[name].Zero);
    }

    private string Dequantize(string value, string scale, string? zero, int axis = 1)
    {
        string output = $"{value}.dequantized{result.Node.Count}";
        var node =
            new NodeProto { OpType = "DequantizeLinear", Input = { value, scale }, Output = { output }, Attribute = { Attribute.Int("axis", axis) } };
        if (zero is not null) node.Input.Add(zero);
        result.Node.Add(node);
        return output;
    }

    // int8, symmetric, a scale per output channel.
    private (string Weight, string Scales) Weight(NodeProto node)
    {
        var tensor = initializers[node.Input[1]];
        string name = tensor.Name + ".int8";
        if (result.Initializer.Any(t => t.Name == name)) return (name, name + ".scales");
        double[] values = Tensors.Doubles(tensor);
        bool conv = node.OpType == "Conv";
        int channels = (int)tensor.Dims[conv ? 0 : tensor.Dims.Count - 1], inner = conv ? values.Length / channels : 1;
        var largest = new double[channels];
        for (int i = 0; i < values.Length; i++) largest[i / inner % channels] = Math.Max(largest[i / inner % channels], Math.Abs(values[i]));
        double[] scales = Array.ConvertAll(largest, m => (double)(float)(Math.Max(m, 1e-6) / 127));
        for (int i = 0; i < values.Length; i++) values[i] = Math.Round(values[i] / scales[i / inner % channels]);
        Initializer(name, ElementType.Int8, tensor.Dims, values);
        Initializer(name + ".scales", ElementType.Float, [channels], scales);
        Initializer(name + ".zeros", ElementType.Int8, [channels], new double[channels]);
        return (name, name + ".scales");
    }

    private string Bias(NodeProto node, string scales)
    {
        string name = node.Output[0] + ".bias";
        double[] weightScales = Tensors.Doubles(result.Initializer.Single(t => t.Name == scales));
        double[] biasScales = Array.ConvertAll(weightScales, s => s * ranges[node.Input[0]].Scale);
        double[] values = Tensors.Doubles(initializers[node.Input[2]]);
        Initializer(name, ElementType.Int32, [values.Length], [.. values.Zip(biasScales, (v, s) => Math.Round(v / s))]);
        Initializer(name + ".scale", ElementType.Float, [values.Length], biasScales);
        return name;
    }

    private void Initializer(string name, ElementType type, IEnumerable<long> dims, params double[] values)
    {
        if (result.Initializer.All(t => t.Name != name)) result.Initializer.Add(Tensors.Make(name, type, dims, values));
    }
}
