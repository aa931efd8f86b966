using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace OnnxPrune.Packages.Tests.Api;

/// <summary>Parameters and their defaults, as C# writes them.</summary>
internal static class ParameterText
{
    /// <summary>A name with the parameters of a method or constructor.</summary>
    public static string Named(MethodBase method, string name) =>
        $"{name}({(method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "")}{List(method.GetParameters())})";

    /// <summary>Parameters, separated by commas.</summary>
    public static string List(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(Of));

    /// <summary>A constant of a type.</summary>
    public static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Of(ParameterInfo parameter)
    {
        string type = TypeName.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        string value = parameter.HasDefaultValue ? $" = {Literal(parameter.DefaultValue, parameter.ParameterType)}" : "";
        return $"{Passing(parameter)}{type} {parameter.Name}{value}";
    }

    private static string Passing(ParameterInfo parameter) => parameter switch
    {
        { IsOut: true } => "out ",
        { IsIn: true } => "in ",
        { ParameterType.IsByRef: true } => "ref ",
        _ => parameter.CustomAttributes.Any(a => a.AttributeType.Name.StartsWith("Param", StringComparison.Ordinal)) ? "params " : "",
    };
}
