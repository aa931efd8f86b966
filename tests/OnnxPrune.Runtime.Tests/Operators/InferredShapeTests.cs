using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Operators;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Runtime.Verification;
using OnnxPrune.Shapes;
using Xunit.Abstractions;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <summary>The inferred type of every output of every operator is what ONNX Runtime computes, at every deciding valuation.</summary>
public class InferredShapeTests(ITestOutputHelper log)
{
    public static TheoryData<string> Operators => [.. OperatorMatrix.Entries.Select(e => e.Name)];

    [Fact]
    public void Every_operator_of_the_table_has_a_matrix() =>
        Assert.Equal(
            OperatorMatrix.Entries.Select(e => e.Name).Order(StringComparer.Ordinal), OperatorMatrix.Operators.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Operators))]
    public void Shapes_and_types_are_those_of_the_runtime(string name) => Check(name, OperatorMatrix.Few);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Operators))]
    public void Shapes_and_types_are_those_of_the_runtime_in_the_long_run(string name) => Check(name, OperatorMatrix.Many);

    private void Check(string name, int most)
    {
        int compared = 0, rejected = 0, unknown = 0;
        var differences = new List<string>();
        foreach (var node in OperatorMatrix.Of(OperatorSet.Default.Entries.Single(e => e.Name == name), most))
        {
            var model = OperatorModel.Alone(node);
            var analysis = ModelAnalysis.Run(model);
            try
            {
                using var session = ModelSession.Load(model, ExecutionProvider.Cpu);
                for (int valuation = 0; valuation < Size.Deciding; valuation++)
                {
                    var outputs = session.Run(
                        InputGenerator.Create(analysis, input => analysis.Shapes[input].Shape?.Select(size => size[valuation]).ToArray(), 1));
                    foreach (var (expected, value) in outputs.Zip(analysis.Graph.Outputs))
                    {
                        var inferred = analysis.Shapes[value];
                        if (inferred.Shape is null || inferred.Shape.Any(s => !s.IsCounted)) unknown++;
                        else compared++;
                        if (!Agrees(inferred, expected, valuation)) differences.Add($"{node}: {inferred} but the runtime gives {expected.Type}[{string.Join(',', expected.Dims)}] at valuation {valuation}");
                    }
                }
            }
            catch (OnnxPruneException e) when (e.Code is ErrorCodes.RuntimeRejectedModel)
            {
                rejected++;
            }
        }
        if (OperatorMatrix.IsUnimplemented(name)) Assert.Equal(0, compared + unknown);
        log.WriteLine($"{name}: {compared} compared, {unknown} not inferred, {rejected} rejected by the runtime");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(12)));
        Assert.True(compared >= 9 || OperatorMatrix.IsUnimplemented(name), $"only {compared} comparisons of {name}");
    }

    private static bool Agrees(TensorType inferred, HostTensor expected, int valuation)
    {
        if (inferred.Shape is null) return true;
        bool shape = inferred.Shape.Length == expected.Dims.Length
            && inferred.Shape.Zip(expected.Dims).All(p => !p.First.IsCounted || p.First[valuation] == p.Second);
        return shape && (int)inferred.Type == (int)expected.Type;
    }
}
