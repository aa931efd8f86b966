using OnnxPrune.Operators;
namespace OnnxPrune.Advanced;

/// <summary>One line of the operator table.</summary>
/// <param name="Domain">The domain; empty for ai.onnx.</param>
/// <param name="OpType">The operator's name.</param>
/// <param name="FirstOpset">The first opset version of the domain for which the rule holds.</param>
/// <param name="LastOpset">The last opset version.</param>
/// <param name="Operator">The rule.</param>
public sealed record OperatorEntry(string Domain, string OpType, long FirstOpset, long LastOpset, Operator Operator)
{
    /// <summary>The operator's name, after its domain and a dot unless the domain is ai.onnx; unique in the table except for opsets.</summary>
    public string Name => Domain.Length > 0 ? $"{Domain}.{OpType}" : OpType;
}
